import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** `ForAnyValue` without values. */
export const emptyArrayConditionForanyvalue: Check = {
  code: "EMPTY_ARRAY_CONDITION_FORANYVALUE",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "ForAnyValue has no values",
  why: "`ForAnyValue` without values never matches",
  remedy: "name values, or remove the statement",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { "ForAnyValue:StringEquals": { "aws:TagKeys": [] } } }),
    good: deny({ Condition: { "ForAnyValue:StringEquals": { "aws:TagKeys": ["team"] } } }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (condition.values.values.length > 0 || operator.qualifier !== "ForAnyValue") continue;
      yield { at: condition, summary: `condition key ${quote(condition.key.value)} has no values` };
    }
  },
};
