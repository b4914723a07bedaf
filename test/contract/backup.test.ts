import { serviceContract } from "./service-contract.ts";

serviceContract("backup", {
  block: {
    delegatedAdministrator: "Audit",
    crossAccountBackup: true,
    synchronizeDelegation: true,
    resourceTypes: { EBS: true, S3: true, VirtualMachine: false },
    fullManagement: { DynamoDB: true },
  },
});
