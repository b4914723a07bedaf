import { bucketSetting } from "../../kinds/log-archive.ts";
import type { AuditRule } from "../../rule.ts";

/** The bucket of the logs locks its objects. */
export const bucketObjectLock: AuditRule = {
  id: "cloudtrail/bucket-object-lock",
  title: "The bucket of the logs locks its objects",
  severity: "low",
  why: "An object lock keeps logs from everybody who can delete, for as long as it says.",
  remedy: "Enable Object Lock with a retention.",
  config:
    "services:\n  cloudtrail:\n    logArchive: { account: LogArchive, bucket: acme-trail, key: { alias: orgrail/cloudtrail } }\n    trails: [{ name: organization }]",
  compliance: { "nist-800-53-r5": ["AU-9(3)", "AU-11"] },
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
  ],
  evaluate: bucketSetting({
    member: "objectLock",
    operation: "s3:GetBucketObjectLockConfiguration",
    isGood: (value) => value !== null,
    pass: "The bucket of the logs locks its objects.",
    fail: "The bucket of the logs locks no objects.",
  }),
  breaks: { "services/cloudtrail/bucket/objectLock": null },
};
