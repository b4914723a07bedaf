import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** `ForAllValues` without values. */
export const emptyArrayConditionForallvalues: Check = {
  code: "EMPTY_ARRAY_CONDITION_FORALLVALUES",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "ForAllValues has no values",
  why: "`ForAllValues` without values matches only where the request lacks the key",
  remedy: "use `Null` with `true` to ask whether the key is absent",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": [] } } }),
    good: deny({ Condition: { Null: { "aws:TagKeys": "true" } } }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (condition.values.values.length > 0 || operator.qualifier !== "ForAllValues") continue;
      yield { at: condition, summary: `condition key ${quote(condition.key.value)} has no values` };
    }
  },
};
