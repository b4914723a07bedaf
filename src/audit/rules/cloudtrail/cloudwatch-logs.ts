import { eachOrganizationTrail, unreadOfTrail } from "../../kinds/trails.ts";
import { textAt } from "../../read-state.ts";
import { fact, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Trails of the organization go to CloudWatch Logs. */
export const cloudwatchLogs: AuditRule = {
  id: "cloudtrail/cloudwatch-logs",
  title: "Trails of the organization go to CloudWatch Logs",
  severity: "low",
  why: "Metric filters and alarms need a log group; `orgrail watch` and Security Lake do not.",
  remedy: "Send the trail to a log group, or accept this with an exception.",
  config:
    "services:\n  cloudtrail:\n    logArchive: { account: LogArchive, bucket: acme-trail, key: { alias: orgrail/cloudtrail } }\n    trails: [{ name: organization }]",
  compliance: { fsbp: ["CloudTrail.5"], "nist-800-53-r5": ["AU-6"] },
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html",
  ],
  evaluate: eachOrganizationTrail((context, found) => {
    const { trail, name, place } = found;
    const value = textAt(trail, "settings", "CloudWatchLogsLogGroupArn");
    if (value === undefined) return [unreadOfTrail(context, found, "settings")];
    const words = {
      pass: `\`${name}\` goes to a log group.`,
      fail: `\`${name}\` goes to no log group.`,
    };
    return [verdict(value !== "", words, place, fact("settings", value, "cloudtrail:GetTrail"))];
  }),
  breaks: { "services/cloudtrail/trails/0/settings/CloudWatchLogsLogGroupArn": "" },
};
