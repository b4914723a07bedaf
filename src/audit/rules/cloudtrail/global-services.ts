import { controls } from "../../controls.ts";
import { eachOrganizationTrail, unreadOfTrail } from "../../kinds/trails.ts";
import { flagAt } from "../../read-state.ts";
import { fact, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Trails of the organization record global services. */
export const globalServices: AuditRule = {
  id: "cloudtrail/global-services",
  title: "Trails of the organization record global services",
  severity: "high",
  why: "Calls of IAM, STS and CloudFront are recorded only by trails that include global service events.",
  remedy: "Include global service events.",
  config:
    "services:\n  cloudtrail:\n    logArchive: { account: LogArchive, bucket: acme-trail, key: { alias: orgrail/cloudtrail } }\n    trails: [{ name: organization }]",
  compliance: controls.trail,
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html",
  ],
  evaluate: eachOrganizationTrail((context, found) => {
    const { trail, name, place } = found;
    const value = flagAt(trail, "settings", "IncludeGlobalServiceEvents");
    if (value === undefined) return [unreadOfTrail(context, found, "settings")];
    const words = {
      pass: `\`${name}\` records global services.`,
      fail: `\`${name}\` leaves global services out.`,
    };
    return [verdict(value, words, place, fact("settings", value, "cloudtrail:GetTrail"))];
  }),
  breaks: { "services/cloudtrail/trails/0/settings/IncludeGlobalServiceEvents": false },
};
