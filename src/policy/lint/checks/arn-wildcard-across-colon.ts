import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { hasWildcard, quote, splitOutsideVariables } from "../elements.ts";

/** An ARN pattern with a wildcard that is meant to stand for several parts. */
export const arnWildcardAcrossColon: Check = {
  code: "ORGRAIL6207",
  severity: "warning",
  types: allPolicyTypes,
  title: "A wildcard of an ARN operator is meant to cross a colon",
  why: "ARN operators compare each of the six parts by itself: a `*` does not reach across a colon, so that a pattern of fewer parts matches nothing",
  remedy: "write all six parts, each with its own `*`, or use `StringLike`",
  sources: [sources.conditions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:*role/BreakGlass" } } }),
    good: deny({
      Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:*:iam::*:role/BreakGlass" } },
    }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (operator.family !== "Arn") continue;
      for (const text of condition.values.values) {
        const count = splitOutsideVariables(text.value).length;
        if (text.value === "*" || count >= 6 || !hasWildcard(text.value)) continue;
        yield { at: text, summary: `${quote(text.value)} has ${count} of the six parts of an ARN` };
      }
    }
  },
};
