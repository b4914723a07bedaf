import { serviceContract } from "./service-contract.ts";

serviceContract("iam", {
  block: {
    delegatedAdministrator: "Audit",
    passwordPolicy: { minimumLength: 14, requireSymbols: true, preventReuse: 24 },
    centralizedRootAccess: { credentialsManagement: true, sessions: true },
    excludeAccounts: ["Dev1"],
  },
});
