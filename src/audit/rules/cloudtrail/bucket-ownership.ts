import { bucketSetting } from "../../kinds/log-archive.ts";
import type { AuditRule } from "../../rule.ts";

/** The bucket of the logs has no access control lists. */
export const bucketOwnership: AuditRule = {
  id: "cloudtrail/bucket-ownership",
  title: "The bucket of the logs has no access control lists",
  severity: "low",
  why: "With BucketOwnerEnforced nobody gets at logs by the list of an object.",
  remedy: "Enforce the ownership of the bucket.",
  config:
    "services:\n  cloudtrail:\n    logArchive: { account: LogArchive, bucket: acme-trail, key: { alias: orgrail/cloudtrail } }\n    trails: [{ name: organization }]",
  compliance: { fsbp: ["S3.12"] },
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
  ],
  evaluate: bucketSetting({
    member: "ownership",
    operation: "s3:GetBucketOwnershipControls",
    isGood: (value) => value === "BucketOwnerEnforced",
    pass: "The bucket of the logs has no access control lists.",
    fail: "Access control lists of the bucket of the logs are in force.",
  }),
  breaks: { "services/cloudtrail/bucket/ownership": "ObjectWriter" },
};
