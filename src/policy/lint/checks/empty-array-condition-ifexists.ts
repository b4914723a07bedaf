import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** `...IfExists` without values. */
export const emptyArrayConditionIfexists: Check = {
  code: "EMPTY_ARRAY_CONDITION_IFEXISTS",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "An IfExists condition has no values",
  why: "`IfExists` without values matches only where the request lacks the key",
  remedy: "use `Null` with `true` to ask whether the key is absent",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { StringEqualsIfExists: { "aws:SourceVpc": [] } } }),
    good: deny({ Condition: { Null: { "aws:SourceVpc": "true" } } }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (condition.values.values.length > 0) continue;
      if (operator.qualifier !== undefined || !operator.isIfExists) continue;
      yield { at: condition, summary: `condition key ${quote(condition.key.value)} has no values` };
    }
  },
};
