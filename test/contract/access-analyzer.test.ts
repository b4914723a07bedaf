import { serviceContract } from "./service-contract.ts";

serviceContract("access-analyzer", {
  block: {
    delegatedAdministrator: "Audit",
    externalAccess: {
      archiveRules: [{ name: "own-bucket", filter: { resource: { contains: ["public-site"] } } }],
    },
    unusedAccess: { days: 60 },
  },
});
