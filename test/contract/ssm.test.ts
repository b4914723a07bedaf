import { serviceContract } from "./service-contract.ts";

serviceContract("ssm", {
  block: {
    delegatedAdministrator: "Audit",
    excludeAccounts: ["LogArchive"],
    excludeOrganizationalUnits: ["Workloads"],
    defaultHostManagement: {},
    blockPublicSharing: true,
    patchBaselines: {
      "linux-servers": {
        operatingSystem: "AMAZON_LINUX_2023",
        description: "Security patches after a week",
        approvalRules: [
          {
            filters: [{ Key: "CLASSIFICATION", Values: ["Security"] }],
            complianceLevel: "HIGH",
            approveAfterDays: 7,
          },
        ],
        rejectedPatches: ["kernel-6.1.0"],
        tags: { team: "platform" },
        organizationalUnits: ["Security"],
        regions: ["eu-central-1"],
        default: true,
        patchGroups: ["servers"],
      },
    },
    explorer: { organizationalUnits: ["Workloads"], sourceRegions: ["eu-central-1", "us-east-1"] },
  },
});
