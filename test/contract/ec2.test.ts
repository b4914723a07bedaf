import { serviceContract } from "./service-contract.ts";

serviceContract("ec2", {
  block: {
    via: "account",
    excludeOrganizationalUnits: ["Workloads"],
    ebsEncryption: {},
    instanceMetadata: { hopLimit: 2 },
    snapshots: {},
    allowedImages: { providers: ["amazon"] },
    vpcInternetAccess: { mode: "block-ingress" },
  },
});
