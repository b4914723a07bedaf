import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** A value of `Bool` or `Null` that is neither `true` nor `false`. */
export const typeMismatchBoolean: Check = {
  code: "TYPE_MISMATCH_BOOLEAN",
  severity: "warning",
  types: allPolicyTypes,
  title: "A Boolean condition has another value",
  why: "`Bool` and `Null` compare with `true` and `false`; another value never matches",
  remedy: "write `true` or `false`",
  sources: [sources.analyzer, sources.conditions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { Bool: { "aws:SecureTransport": "no" } } }),
    good: deny({ Condition: { Bool: { "aws:SecureTransport": "false" } } }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (operator.family !== "Bool" && operator.family !== "Null") continue;
      for (const text of condition.values.values) {
        if (/^(true|false)$/i.test(text.value) || text.value.includes("${")) continue;
        yield { at: text, summary: `${quote(text.value)} is neither \`true\` nor \`false\`` };
      }
    }
  },
};
