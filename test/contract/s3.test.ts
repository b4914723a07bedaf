import { serviceContract } from "./service-contract.ts";

serviceContract("s3", {
  block: {
    delegatedAdministrator: "Audit",
    publicAccessBlock: { via: "account" },
    storageLens: { export: { bucket: "lens-reports", account: "111122223333" } },
  },
});
