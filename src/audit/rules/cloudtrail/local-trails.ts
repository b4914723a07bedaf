import { eachLocalTrail } from "../../kinds/trails.ts";
import { fact, fail } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** The management account has no trail beside the organization's. */
export const localTrails: AuditRule = {
  id: "cloudtrail/local-trails",
  title: "The management account has no trail beside the organization's",
  severity: "medium",
  why: "A trail beside the organization's is paid for again for every event, and often nobody knows of it. `orgrail trails` shows the copies.",
  remedy:
    "Look at who reads it and what it records; delete it only when a trail of the organization has the same.",
  compliance: { "nist-800-53-r5": ["AU-2"] },
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-manage-costs.html",
  ],
  evaluate: eachLocalTrail((_, { name, place }) => [
    fail(
      `\`${name}\` is a trail of the management account alone.`,
      place,
      fact("IsOrganizationTrail", false, "cloudtrail:DescribeTrails"),
    ),
  ]),
  breaks: { "services/cloudtrail/trails/0/settings/IsOrganizationTrail": false },
};
