import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** `Bool` or `Null` with several values. */
export const invalidConditionMultipleBoolean: Check = {
  code: "INVALID_CONDITION_MULTIPLE_BOOLEAN",
  severity: "error",
  types: allPolicyTypes,
  title: "A Boolean condition has several values",
  why: "of `true` and `false` together one always matches, so that the condition decides nothing",
  remedy: "write one value",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { Bool: { "aws:SecureTransport": ["true", "false"] } } }),
    good: deny({ Condition: { Bool: { "aws:SecureTransport": "false" } } }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (operator.family !== "Bool" && operator.family !== "Null") continue;
      if (condition.values.values.length < 2) continue;
      yield {
        at: condition.values,
        summary: `${quote(condition.key.value)} is compared with several Boolean values`,
      };
    }
  },
};
