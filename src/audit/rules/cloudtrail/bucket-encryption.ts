import { bucketSetting } from "../../kinds/log-archive.ts";
import type { AuditRule } from "../../rule.ts";

/** The bucket of the logs encrypts. */
export const bucketEncryption: AuditRule = {
  id: "cloudtrail/bucket-encryption",
  title: "The bucket of the logs encrypts",
  severity: "medium",
  why: "Every bucket encrypts now; this one says by which key.",
  remedy: "Set the default encryption.",
  config:
    "services:\n  cloudtrail:\n    logArchive: { account: LogArchive, bucket: acme-trail, key: { alias: orgrail/cloudtrail } }\n    trails: [{ name: organization }]",
  compliance: { "nist-800-53-r5": ["SC-28"] },
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
  ],
  evaluate: bucketSetting({
    member: "encryption",
    operation: "s3:GetEncryptionConfiguration",
    isGood: (value) => value !== null,
    pass: "The bucket of the logs has a default encryption.",
    fail: "The bucket of the logs has no default encryption.",
  }),
  breaks: { "services/cloudtrail/bucket/encryption": null },
};
