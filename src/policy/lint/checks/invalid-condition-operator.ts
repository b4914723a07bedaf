import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { conditionOperator } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** A condition operator that does not exist. */
export const invalidConditionOperator: Check = {
  code: "INVALID_CONDITION_OPERATOR",
  severity: "error",
  types: allPolicyTypes,
  title: "The condition operator does not exist",
  why: "AWS refuses a policy with a condition operator that it does not know",
  remedy: "use an operator of the IAM User Guide",
  sources: [sources.analyzer, sources.conditions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { StringMatches: { "aws:PrincipalAccount": "111122223333" } } }),
    good: deny({ Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } } }),
  },
  *check({ statements }) {
    for (const { conditions } of statements) {
      for (const { operator } of conditions) {
        if (conditionOperator(operator.value) !== undefined) continue;
        yield { at: operator, summary: `there is no condition operator ${quote(operator.value)}` };
      }
    }
  },
};
