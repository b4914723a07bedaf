import { serviceContract } from "./service-contract.ts";

serviceContract("macie2", {
  block: {
    delegatedAdministrator: "Audit",
    findingPublishingFrequency: "SIX_HOURS",
    automatedDiscovery: { mode: "NEW", excludeAccounts: ["Shop"] },
    classificationExport: {
      "eu-central-1": {
        bucket: "macie-results",
        prefix: "discovery/",
        kmsKeyArn: "arn:aws:kms:eu-central-1:111111111111:key/results",
      },
    },
    publishToSecurityHub: { classificationFindings: true },
    excludeAccounts: ["LogArchive"],
  },
});
