import { at, flagAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Storage Lens sees the whole organization. */
export const storageLens: AuditRule = {
  id: "s3/storage-lens",
  title: "Storage Lens sees the whole organization",
  severity: "low",
  why: "A lens of the organization shows buckets that are not encrypted, not versioned or growing.",
  remedy: "Make a Storage Lens of the organization.",
  config: "services:\n  s3: { delegatedAdministrator: Audit, storageLens: {} }",
  compliance: { "nist-800-53-r5": ["CM-8"] },
  sources: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage_lens_with_organizations.html",
  ],
  evaluate: (context) => {
    const lens = at(context.service("s3"), "lens");
    if (lens === undefined) return [unknown(context.whyUnread("services/s3/storageLens"))];
    const isOn = flagAt(lens, "IsEnabled") === true && at(lens, "AwsOrg") !== undefined;
    const words = {
      pass: "A Storage Lens of the organization is enabled.",
      fail: "No Storage Lens sees the whole organization.",
    };
    return [verdict(isOn, words, {}, fact("enabled", isOn, "s3:GetStorageLensConfiguration"))];
  },
  breaks: { "services/s3/lens": null },
};
