import { type LevelCheck, sources } from "../check.ts";

const full = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } };
const denying = {
  Version: "2012-10-17",
  Statement: { Effect: "Deny", Action: "s3:*", Resource: "*" },
};

/** A policy that restricts nobody, because it is attached to the management account. */
export const managementAccountTarget: LevelCheck = {
  code: "ORGRAIL6305",
  severity: "warning",
  types: ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"],
  title: "A policy is attached to the management account",
  why: "service control and resource control policies do not restrict the management account, its users and its resources",
  remedy: "keep workloads out of the management account, and attach the policy elsewhere",
  sources: [sources.scp, sources.rcp],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    managementAccountId: "level-1",
    bad: [[full], [full, denying]],
    good: [[full, denying], [full]],
  },
  *check(levels, { managementAccountId }) {
    for (const { id, policies } of levels) {
      if (id !== managementAccountId) continue;
      for (const policy of policies) {
        const denial = policy.statements.find(({ effect }) => effect === "Deny");
        if (denial === undefined) continue;
        yield {
          level: id,
          policy,
          at: denial,
          summary: "the Deny has no effect on the management account",
        };
      }
    }
  },
};
