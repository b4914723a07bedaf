import { type Check, policyOf, sources } from "../check.ts";
import { statementConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";
import { oidcTrusts } from "../trust-policy.ts";

const statement = {
  Effect: "Allow",
  Principal: { Federated: "accounts.google.com" },
  Action: "sts:AssumeRoleWithWebIdentity",
};

/** `ForAllValues` before the audience of an OpenID Connect provider. */
export const confirmAudienceClaimType: Check = {
  code: "CONFIRM_AUDIENCE_CLAIM_TYPE",
  severity: "suggestion",
  types: ["RESOURCE_POLICY"],
  title: "ForAllValues stands before an audience, which has one value as a rule",
  why: "`ForAllValues` also matches a token that lacks the claim",
  remedy: "remove the qualifier, unless the provider's tokens are for several audiences at once",
  sources: [sources.analyzer],
  example: {
    type: "RESOURCE_POLICY",
    bad: policyOf({
      ...statement,
      Condition: { "ForAllValues:StringEquals": { "accounts.google.com:aud": "app" } },
    }),
    good: policyOf({
      ...statement,
      Condition: { StringEquals: { "accounts.google.com:aud": "app" } },
    }),
  },
  *check(policy, _facts, context) {
    for (const { statement: one, provider } of oidcTrusts(policy, context)) {
      for (const { condition, operator, key } of statementConditions(one)) {
        if (key !== `${provider}:aud` || operator.qualifier !== "ForAllValues") continue;
        yield {
          at: condition.operator,
          summary: `${quote(condition.key.value)} has one value as a rule`,
        };
      }
    }
  },
};
