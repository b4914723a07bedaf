import { type Check, policyOf, sources } from "../check.ts";
import { actionPatterns, quote } from "../elements.ts";
import { federatedKind, isTrustPolicy } from "../trust-policy.ts";

const saml = { Federated: "arn:aws:iam::111122223333:saml-provider/corp" };

/** The action that belongs to the other kind of provider. */
const foreignAction = { saml: "assumerolewithwebidentity", oidc: "assumerolewithsaml" } as const;

/** An identity provider with the action of another kind of provider. */
export const mismatchedActionForPrincipal: Check = {
  code: "MISMATCHED_ACTION_FOR_PRINCIPAL",
  severity: "error",
  types: ["RESOURCE_POLICY"],
  title: "An identity provider stands with an action that it cannot be used with",
  why: "SAML providers sign in with `sts:AssumeRoleWithSAML`, OIDC providers with `sts:AssumeRoleWithWebIdentity`; the other never happens",
  remedy: "use the provider's own action",
  sources: [sources.analyzer],
  example: {
    type: "RESOURCE_POLICY",
    bad: policyOf({ Effect: "Allow", Principal: saml, Action: "sts:AssumeRoleWithWebIdentity" }),
    good: policyOf({ Effect: "Allow", Principal: saml, Action: "sts:AssumeRoleWithSAML" }),
  },
  *check(policy, _facts, context) {
    if (!isTrustPolicy(policy, context)) return;
    for (const statement of policy.statements) {
      const federated = (statement.principal?.byType ?? [])
        .filter(({ type }) => type.value === "Federated")
        .flatMap(({ values }) => values.values);
      const kinds = new Set(federated.map(federatedKind));
      for (const { name, text } of actionPatterns(statement)) {
        for (const kind of kinds) {
          // Beside a provider of the other kind the action is that one's.
          if (kind === undefined || kinds.size > 1 || name !== foreignAction[kind]) continue;
          yield {
            at: text,
            summary: `${quote(text.value)} is not for ${kind.toUpperCase()} providers`,
          };
        }
      }
    }
  },
};
