import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { hasWildcard, quote } from "../elements.ts";

/** A wildcard in a value of an operator that takes it literally. */
export const wildcardWithoutLikeOperator: Check = {
  code: "WILDCARD_WITHOUT_LIKE_OPERATOR",
  severity: "warning",
  types: allPolicyTypes,
  title: "A wildcard is compared literally",
  why: "only `StringLike`, `StringNotLike` and the ARN operators know wildcards; elsewhere `*` and `?` are themselves, so that the value hardly ever matches",
  remedy: "use the `Like` operator, or write the value in full",
  sources: [sources.analyzer, sources.conditions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({
      Condition: { StringNotEquals: { "aws:PrincipalArn": "arn:aws:iam::*:role/Admin" } },
    }),
    good: deny({ Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/Admin" } } }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (operator.family !== "String" || operator.hasWildcards) continue;
      for (const text of condition.values.values) {
        if (!hasWildcard(text.value.replace(/\$\{[^}]*\}/g, ""))) continue;
        yield {
          at: text,
          summary: `${quote(condition.operator.value)} takes the wildcard of ${quote(text.value)} literally`,
        };
      }
    }
  },
};
