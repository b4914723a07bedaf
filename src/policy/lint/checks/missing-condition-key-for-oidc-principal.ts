import { iamLintFacts } from "../../../data/iam-lint-facts.ts";
import { type Check, policyOf, sources } from "../check.ts";
import { statementConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";
import { oidcTrusts } from "../trust-policy.ts";

const statement = {
  Effect: "Allow",
  Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" },
  Action: "sts:AssumeRoleWithWebIdentity",
};

/** An OpenID Connect provider that is trusted whomever it sends. */
export const missingConditionKeyForOidcPrincipal: Check = {
  code: "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL",
  severity: "securityWarning",
  types: ["RESOURCE_POLICY"],
  title: "An OpenID Connect provider is trusted without a condition",
  why: "everybody who can sign in at the provider can assume the role, customers of others too where many share it",
  remedy: "add conditions on the provider's own keys, such as `aud` and `sub`",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
  ],
  example: {
    type: "RESOURCE_POLICY",
    bad: policyOf(statement),
    good: policyOf({
      ...statement,
      Condition: { StringEquals: { "gitlab.com:sub": "project_path:mygroup/app:ref_type:branch" } },
    }),
  },
  *check(policy, _facts, context) {
    for (const { statement: one, text, provider } of oidcTrusts(policy, context)) {
      // GitHub's has a check of its own.
      if (provider === iamLintFacts.github.provider) continue;
      const isNarrowed = statementConditions(one).some(
        ({ key, operator }) => operator.family !== "Null" && key.startsWith(`${provider}:`),
      );
      if (isNarrowed) continue;
      yield { at: text, summary: `everybody of ${quote(provider)} can assume the role` };
    }
  },
};
