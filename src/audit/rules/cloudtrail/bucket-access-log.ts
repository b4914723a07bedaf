import { cis } from "../../controls.ts";
import { bucketSetting } from "../../kinds/log-archive.ts";
import type { AuditRule } from "../../rule.ts";

/** The bucket of the logs logs who reads it. */
export const bucketAccessLog: AuditRule = {
  id: "cloudtrail/bucket-access-log",
  title: "The bucket of the logs logs who reads it",
  severity: "low",
  why: "Who reads logs is worth knowing; data events of the bucket tell it too.",
  remedy: "Enable access logging of the bucket.",
  config:
    "services:\n  cloudtrail:\n    logArchive: { account: LogArchive, bucket: acme-trail, key: { alias: orgrail/cloudtrail } }\n    trails: [{ name: organization }]",
  compliance: { ...cis("3.4", "3.4", "3.4", "4.4", "4.4"), soc2: ["A1.1"] },
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
  ],
  evaluate: bucketSetting({
    member: "logging",
    operation: "s3:GetBucketLogging",
    isGood: (value) => value !== null,
    pass: "The bucket of the logs has an access log.",
    fail: "The bucket of the logs has no access log.",
  }),
  breaks: { "services/cloudtrail/bucket/logging": null },
};
