import { cis } from "../../controls.ts";
import { eachOrganizationTrail, unreadOfTrail } from "../../kinds/trails.ts";
import { textAt } from "../../read-state.ts";
import { fact, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Trails of the organization encrypt with a KMS key. */
export const encryption: AuditRule = {
  id: "cloudtrail/encryption",
  title: "Trails of the organization encrypt with a KMS key",
  severity: "medium",
  why: "A key of one's own decides who reads logs, apart from who reads the bucket.",
  remedy: "Give the trail a key of the log archive.",
  config:
    "services:\n  cloudtrail:\n    logArchive: { account: LogArchive, bucket: acme-trail, key: { alias: orgrail/cloudtrail } }\n    trails: [{ name: organization }]",
  compliance: {
    ...cis("3.5", "3.5", "3.5", "4.5", "4.5"),
    fsbp: ["CloudTrail.2"],
    "nist-800-53-r5": ["AU-9", "SC-28"],
  },
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html",
  ],
  evaluate: eachOrganizationTrail((context, found) => {
    const { trail, name, place } = found;
    const value = textAt(trail, "settings", "KmsKeyId");
    if (value === undefined) return [unreadOfTrail(context, found, "settings")];
    const words = {
      pass: `\`${name}\` encrypts with a key.`,
      fail: `\`${name}\` encrypts without a key of its own.`,
    };
    return [verdict(value !== "", words, place, fact("settings", value, "cloudtrail:GetTrail"))];
  }),
  breaks: { "services/cloudtrail/trails/0/settings/KmsKeyId": "" },
};
