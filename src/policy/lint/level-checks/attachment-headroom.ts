import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import type { LevelCheck } from "../check.ts";

const full = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } };

/** A level that holds as many policies as AWS takes, or more. */
export const attachmentHeadroom: LevelCheck = {
  code: "ORGRAIL6304",
  severity: "warning",
  types: ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"],
  title: "A level has no room for another policy",
  why: "AWS refuses to attach more policies than the quota to one root, organizational unit or account; a policy of AWS counts too",
  remedy: "join policies, or attach some of them higher or lower in the tree",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html",
  ],
  example: {
    type: "RESOURCE_CONTROL_POLICY",
    bad: [[full, full, full, full, full]],
    good: [[full, full]],
  },
  *check(levels, { type }) {
    const quota = organizationsQuotas.policyTypes[type].maximumPerTarget;
    for (const { id, policies } of levels) {
      if (policies.length < quota) continue;
      yield {
        level: id,
        summary: `${policies.length} policies are attached; the quota is ${quota}`,
      };
    }
  },
};
