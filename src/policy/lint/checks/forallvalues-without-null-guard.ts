import { allow, allPolicyTypes, type Check, sources } from "../check.ts";
import { keyKnowledge } from "../condition-key.ts";
import { policyConditions, requiresKey } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** `ForAllValues` that also matches requests without the key. */
export const forallvaluesWithoutNullGuard: Check = {
  code: "ORGRAIL6210",
  severity: "securityWarning",
  types: allPolicyTypes,
  title: "ForAllValues also matches requests without the key",
  why: "`ForAllValues` is true where the request lacks the key: an Allow lets such a request through, and a Deny hits it. A Deny with a negated operator is not reported: it is meant for whoever cannot show one of the values",
  remedy: 'add `"Null": { KEY: "false" }` to the statement',
  sources: [
    sources.conditions,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
  ],
  example: {
    type: "IDENTITY_POLICY",
    bad: allow({
      Action: "ec2:CreateTags",
      Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } },
    }),
    good: allow({
      Action: "ec2:CreateTags",
      Condition: {
        "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] },
        Null: { "aws:TagKeys": "false" },
      },
    }),
  },
  *check(policy, facts) {
    for (const { condition, key, operator, statement } of policyConditions(policy)) {
      if (operator.qualifier !== "ForAllValues" || operator.family === "Null") continue;
      if (statement.effect === "Deny" && operator.isNegated) continue;
      // Single-valued keys are reported by a check of their own.
      if (keyKnowledge(condition.key.value, facts).isMultivalued === false) continue;
      if (condition.values.values.length === 0 || requiresKey(statement, key)) continue;
      yield {
        at: condition.operator,
        summary: `requests without ${quote(condition.key.value)} match too`,
      };
    }
  },
};
