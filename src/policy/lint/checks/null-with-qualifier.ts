import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";

/** `ForAllValues:Null` and `ForAnyValue:Null`. */
export const nullWithQualifier: Check = {
  code: "NULL_WITH_QUALIFIER",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "Null has a set qualifier",
  why: "`ForAllValues:Null` is always true and `ForAnyValue:Null` always false",
  remedy: "write `Null` without a qualifier",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { "ForAnyValue:Null": { "aws:TagKeys": "true" } } }),
    good: deny({ Condition: { Null: { "aws:TagKeys": "true" } } }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (operator.family !== "Null" || operator.qualifier === undefined) continue;
      yield { at: condition.operator, summary: "`Null` stands behind a set qualifier" };
    }
  },
};
