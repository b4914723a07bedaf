import { controls } from "../../controls.ts";
import { eachOrganizationTrail } from "../../kinds/trails.ts";
import { fact, pass } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** The organization has a trail. */
export const organizationTrail: AuditRule = {
  id: "cloudtrail/organization-trail",
  title: "The organization has a trail",
  severity: "critical",
  why: "A trail of the organization covers every account, those that join later too, and members cannot change it.",
  remedy: "Make a trail of the organization in all Regions.",
  config:
    "services:\n  cloudtrail:\n    logArchive: { account: LogArchive, bucket: acme-trail, key: { alias: orgrail/cloudtrail } }\n    trails: [{ name: organization }]",
  compliance: controls.trail,
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html",
  ],
  evaluate: eachOrganizationTrail((_, { name, place, settings }) => [
    pass(
      `\`${name}\` is a trail of the organization.`,
      place,
      fact("settings", settings, "cloudtrail:DescribeTrails"),
    ),
  ]),
  breaks: { "services/cloudtrail/trails": [] },
};
