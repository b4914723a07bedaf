import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** A condition key without values. */
export const emptyArrayCondition: Check = {
  code: "EMPTY_ARRAY_CONDITION",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "A condition key has no values",
  why: "a positive operator without values never matches, a negated one always does",
  remedy: "name values, or remove the condition",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { StringEquals: { "aws:PrincipalAccount": [] } } }),
    good: deny({ Condition: { StringEquals: { "aws:PrincipalAccount": ["111122223333"] } } }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (condition.values.values.length > 0) continue;
      if (operator.qualifier !== undefined || operator.isIfExists) continue;
      yield { at: condition, summary: `condition key ${quote(condition.key.value)} has no values` };
    }
  },
};
