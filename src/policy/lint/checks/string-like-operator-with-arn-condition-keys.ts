import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { keyKnowledge } from "../condition-key.ts";
import { policyConditions } from "../condition-operator.ts";
import { hasWildcard, quote } from "../elements.ts";

/** `StringLike` with wildcards on a key that holds ARNs. */
export const stringLikeOperatorWithArnConditionKeys: Check = {
  code: "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS",
  severity: "securityWarning",
  types: allPolicyTypes,
  title: "ARNs are compared as if they were plain text",
  why: "a wildcard of `StringLike` runs over colons: what was meant for the name of a role also takes in other accounts",
  remedy: "use `ArnLike` or `ArnNotLike`, whose wildcards stay within their part of the ARN",
  sources: [sources.analyzer, sources.conditions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({
      Condition: { StringNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/ci-*" } },
    }),
    good: deny({ Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/ci-*" } } }),
  },
  *check(policy, facts) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (operator.family !== "String" || !operator.hasWildcards) continue;
      if (keyKnowledge(condition.key.value, facts).type !== "arn") continue;
      // A bare `*` asks whether there is any value; without a wildcard both operators agree.
      if (!condition.values.values.some(({ value }) => value !== "*" && hasWildcard(value))) {
        continue;
      }
      yield {
        at: condition.operator,
        summary: `${quote(condition.operator.value)} compares ARNs of ${quote(condition.key.value)}`,
        help: `use \`${operator.canonical.replace("String", "Arn")}\``,
      };
    }
  },
};
