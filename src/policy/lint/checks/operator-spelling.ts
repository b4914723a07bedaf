import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** A condition operator in another case than AWS writes it. */
export const operatorSpelling: Check = {
  code: "ORGRAIL6201",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "The condition operator is spelt in another case",
  why: "AWS documents one spelling; other tools that read the policy may not know another",
  remedy: "write the operator as the IAM User Guide does",
  sources: [sources.conditions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { Stringlike: { "aws:PrincipalArn": "arn:aws:iam::*:role/ci-*" } } }),
    good: deny({ Condition: { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/ci-*" } } }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      const { value } = condition.operator;
      if (value === operator.canonical) continue;
      yield {
        at: condition.operator,
        summary: `${quote(value)} is spelt \`${operator.canonical}\``,
      };
    }
  },
};
