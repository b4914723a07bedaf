import { controls } from "../../controls.ts";
import { eachOrganizationTrail, unreadOfTrail } from "../../kinds/trails.ts";
import { flagAt } from "../../read-state.ts";
import { fact, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Trails of the organization are in all Regions. */
export const multiRegion: AuditRule = {
  id: "cloudtrail/multi-region",
  title: "Trails of the organization are in all Regions",
  severity: "critical",
  why: "What happens in a Region without trail is not recorded.",
  remedy: "Make it a multi-Region trail.",
  config:
    "services:\n  cloudtrail:\n    logArchive: { account: LogArchive, bucket: acme-trail, key: { alias: orgrail/cloudtrail } }\n    trails: [{ name: organization }]",
  compliance: controls.trail,
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html",
  ],
  evaluate: eachOrganizationTrail((context, found) => {
    const { trail, name, place } = found;
    const value = flagAt(trail, "settings", "IsMultiRegionTrail");
    if (value === undefined) return [unreadOfTrail(context, found, "settings")];
    const words = {
      pass: `\`${name}\` is in all Regions.`,
      fail: `\`${name}\` is in its home Region alone.`,
    };
    return [verdict(value, words, place, fact("settings", value, "cloudtrail:GetTrail"))];
  }),
  breaks: { "services/cloudtrail/trails/0/settings/IsMultiRegionTrail": false },
};
