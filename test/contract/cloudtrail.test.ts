import { serviceContract } from "./service-contract.ts";

serviceContract("cloudtrail", {
  block: {
    delegatedAdministrator: "Audit",
    logArchive: {
      account: "LogArchive",
      bucket: "acme-trail",
      key: { alias: "orgrail/cloudtrail", readers: ["Audit"] },
      objectLock: { mode: "GOVERNANCE", days: 30 },
      lifecycle: { archiveAfterDays: 90, expireAfterDays: 2555, expireOldVersionsAfterDays: 30 },
      tags: { team: "security" },
    },
    trails: [
      {
        name: "organization",
        insights: ["ApiErrorRateInsight", "ApiCallRateInsight"],
        cloudWatchLogs: { logGroup: "/acme/trail", retentionDays: 365 },
        tags: { team: "security" },
      },
      {
        name: "data-plane",
        prefix: "data",
        advancedEventSelectors: [
          {
            name: "S3 writes",
            fields: {
              eventCategory: { equals: ["Data"] },
              "resources.type": { equals: ["AWS::S3::Object"] },
              readOnly: { equals: ["false"] },
            },
          },
        ],
      },
    ],
  },
});
