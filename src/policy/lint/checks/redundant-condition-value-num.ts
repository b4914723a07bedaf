import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** Several bounds of which one decides. */
export const redundantConditionValueNum: Check = {
  code: "REDUNDANT_CONDITION_VALUE_NUM",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "Of several bounds only one decides",
  why: "values of a condition are alternatives: of several bounds the widest decides",
  remedy: "keep the bound that is meant",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({
      Condition: { NumericGreaterThan: { "aws:MultiFactorAuthAge": ["3600", "7200"] } },
    }),
    good: deny({ Condition: { NumericGreaterThan: { "aws:MultiFactorAuthAge": "3600" } } }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (!/^(Numeric|Date)(Less|Greater)Than/.test(operator.base)) continue;
      if (condition.values.values.length < 2) continue;
      yield {
        at: condition.values,
        summary: `of several bounds for ${quote(condition.key.value)} one decides`,
      };
    }
  },
};
