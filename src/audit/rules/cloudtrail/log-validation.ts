import { cis } from "../../controls.ts";
import { eachOrganizationTrail, unreadOfTrail } from "../../kinds/trails.ts";
import { flagAt } from "../../read-state.ts";
import { fact, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Trails of the organization validate their files. */
export const logValidation: AuditRule = {
  id: "cloudtrail/log-validation",
  title: "Trails of the organization validate their files",
  severity: "medium",
  why: "Digest files show whether a log file was changed or deleted after it was delivered.",
  remedy: "Enable log file validation.",
  config:
    "services:\n  cloudtrail:\n    logArchive: { account: LogArchive, bucket: acme-trail, key: { alias: orgrail/cloudtrail } }\n    trails: [{ name: organization }]",
  compliance: {
    ...cis("3.2", "3.2", "3.2", "4.2", "4.2"),
    fsbp: ["CloudTrail.4"],
    "nist-800-53-r5": ["AU-9", "SI-7"],
    soc2: ["CC7.3", "PI1.3"],
  },
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html",
  ],
  evaluate: eachOrganizationTrail((context, found) => {
    const { trail, name, place } = found;
    const value = flagAt(trail, "settings", "EnableLogFileValidation");
    if (value === undefined) return [unreadOfTrail(context, found, "settings")];
    const words = {
      pass: `\`${name}\` writes digest files.`,
      fail: `\`${name}\` writes no digest files.`,
    };
    return [verdict(value, words, place, fact("settings", value, "cloudtrail:GetTrail"))];
  }),
  breaks: { "services/cloudtrail/trails/0/settings/EnableLogFileValidation": false },
};
