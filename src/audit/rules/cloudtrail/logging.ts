import { controls } from "../../controls.ts";
import { eachOrganizationTrail, unreadOfTrail } from "../../kinds/trails.ts";
import { flagAt } from "../../read-state.ts";
import { fact, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Trails of the organization are logging. */
export const logging: AuditRule = {
  id: "cloudtrail/logging",
  title: "Trails of the organization are logging",
  severity: "critical",
  why: "A trail that is stopped records nothing.",
  remedy: "Start it again, and look at who stopped it.",
  config:
    "services:\n  cloudtrail:\n    logArchive: { account: LogArchive, bucket: acme-trail, key: { alias: orgrail/cloudtrail } }\n    trails: [{ name: organization }]",
  compliance: controls.trail,
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html",
  ],
  evaluate: eachOrganizationTrail((context, found) => {
    const { trail, name, place } = found;
    const value = flagAt(trail, "logging");
    if (value === undefined) return [unreadOfTrail(context, found, "status")];
    const words = { pass: `\`${name}\` is logging.`, fail: `\`${name}\` is stopped.` };
    return [verdict(value, words, place, fact("status", value, "cloudtrail:GetTrailStatus"))];
  }),
  breaks: { "services/cloudtrail/trails/0/logging": false },
};
