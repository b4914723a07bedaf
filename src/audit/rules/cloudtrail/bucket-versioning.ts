import { bucketSetting } from "../../kinds/log-archive.ts";
import type { AuditRule } from "../../rule.ts";

/** The bucket of the logs keeps versions. */
export const bucketVersioning: AuditRule = {
  id: "cloudtrail/bucket-versioning",
  title: "The bucket of the logs keeps versions",
  severity: "medium",
  why: "With versions a log that is overwritten or deleted is still there.",
  remedy: "Enable versioning.",
  config:
    "services:\n  cloudtrail:\n    logArchive: { account: LogArchive, bucket: acme-trail, key: { alias: orgrail/cloudtrail } }\n    trails: [{ name: organization }]",
  compliance: { "nist-800-53-r5": ["AU-9", "CP-9"] },
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
  ],
  evaluate: bucketSetting({
    member: "versioning",
    operation: "s3:GetBucketVersioning",
    isGood: (value) => value === "Enabled",
    pass: "The bucket of the logs keeps versions.",
    fail: "The bucket of the logs keeps no versions.",
  }),
  breaks: { "services/cloudtrail/bucket/versioning": "Suspended" },
};
