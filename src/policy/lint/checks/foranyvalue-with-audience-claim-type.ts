import { type Check, policyOf, sources } from "../check.ts";
import { statementConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";
import { oidcTrusts } from "../trust-policy.ts";

const statement = {
  Effect: "Allow",
  Principal: { Federated: "accounts.google.com" },
  Action: "sts:AssumeRoleWithWebIdentity",
};

/** `ForAnyValue` before the audience of an OpenID Connect provider. */
export const foranyvalueWithAudienceClaimType: Check = {
  code: "FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE",
  severity: "securityWarning",
  types: ["RESOURCE_POLICY"],
  title: "ForAnyValue stands before an audience",
  why: "a token for several audiences matches when one of them is yours, though it was made for the others",
  remedy: "remove the qualifier",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
  ],
  example: {
    type: "RESOURCE_POLICY",
    bad: policyOf({
      ...statement,
      Condition: { "ForAnyValue:StringEquals": { "accounts.google.com:aud": "app" } },
    }),
    good: policyOf({
      ...statement,
      Condition: { StringEquals: { "accounts.google.com:aud": "app" } },
    }),
  },
  *check(policy, _facts, context) {
    for (const { statement: one, provider } of oidcTrusts(policy, context)) {
      for (const { condition, operator, key } of statementConditions(one)) {
        if (key !== `${provider}:aud` || operator.qualifier !== "ForAnyValue") continue;
        yield {
          at: condition.operator,
          summary: `${quote(condition.key.value)} is not a list: one value decides`,
        };
      }
    }
  },
};
