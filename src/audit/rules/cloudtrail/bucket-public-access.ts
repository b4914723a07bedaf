import { isJsonObject } from "../../../core/json.ts";
import { controls } from "../../controls.ts";
import { bucketSetting } from "../../kinds/log-archive.ts";
import type { AuditRule } from "../../rule.ts";

/** The bucket of the logs blocks public access. */
export const bucketPublicAccess: AuditRule = {
  id: "cloudtrail/bucket-public-access",
  title: "The bucket of the logs blocks public access",
  severity: "critical",
  why: "Logs show names, addresses and the whole of the organization.",
  remedy: "Block all public access of the bucket.",
  config:
    "services:\n  cloudtrail:\n    logArchive: { account: LogArchive, bucket: acme-trail, key: { alias: orgrail/cloudtrail } }\n    trails: [{ name: organization }]",
  compliance: { ...controls.s3Block },
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
  ],
  evaluate: bucketSetting({
    member: "publicAccessBlock",
    operation: "s3:GetBucketPublicAccessBlock",
    isGood: (value) =>
      isJsonObject(value) &&
      ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"].every(
        (name) => value[name] === true,
      ),
    pass: "The bucket of the logs blocks public access.",
    fail: "The bucket of the logs does not block all public access.",
  }),
  breaks: { "services/cloudtrail/bucket/publicAccessBlock": null },
};
