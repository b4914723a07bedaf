import { eachOrganizationTrail, unreadOfTrail } from "../../kinds/trails.ts";
import { listAt } from "../../read-state.ts";
import { fact, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Trails of the organization look for unusual activity. */
export const insights: AuditRule = {
  id: "cloudtrail/insights",
  title: "Trails of the organization look for unusual activity",
  severity: "low",
  why: "CloudTrail Insights reports rates of calls and errors that are out of the ordinary. It costs by event.",
  remedy: "Enable Insights, or accept this with an exception.",
  config:
    "services:\n  cloudtrail:\n    logArchive: { account: LogArchive, bucket: acme-trail, key: { alias: orgrail/cloudtrail } }\n    trails: [{ name: organization }]",
  compliance: { "nist-800-53-r5": ["SI-4", "AU-6"] },
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html",
  ],
  evaluate: eachOrganizationTrail((context, found) => {
    const { trail, name, place } = found;
    const value = listAt(trail, "insights");
    if (value === undefined) return [unreadOfTrail(context, found, "insights")];
    const words = { pass: `\`${name}\` has Insights.`, fail: `\`${name}\` has no Insights.` };
    return [
      verdict(
        value.length > 0,
        words,
        place,
        fact("insights", value, "cloudtrail:GetInsightSelectors"),
      ),
    ];
  }),
  breaks: { "services/cloudtrail/trails/0/insights": [] },
};
