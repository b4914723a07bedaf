import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** A value of a numeric operator that is no number. */
export const typeMismatchNumber: Check = {
  code: "TYPE_MISMATCH_NUMBER",
  severity: "warning",
  types: allPolicyTypes,
  title: "A numeric condition has no number",
  why: "a numeric operator compares with a number; another value never matches",
  remedy: "write a whole or decimal number",
  sources: [sources.analyzer, sources.conditions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { NumericGreaterThan: { "aws:MultiFactorAuthAge": "1h" } } }),
    good: deny({ Condition: { NumericGreaterThan: { "aws:MultiFactorAuthAge": "3600" } } }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (operator.family !== "Numeric") continue;
      for (const text of condition.values.values) {
        if (/^[+-]?\d+(\.\d+)?$/.test(text.value)) continue;
        yield { at: text, summary: `${quote(text.value)} is no number` };
      }
    }
  },
};
