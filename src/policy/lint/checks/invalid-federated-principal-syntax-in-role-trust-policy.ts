import { type Check, policyOf, sources } from "../check.ts";
import { policyPrincipals, quote } from "../elements.ts";
import { federatedKind, isTrustPolicy } from "../trust-policy.ts";

const statement = { Effect: "Allow", Action: "sts:AssumeRoleWithSAML" };

/** A `Federated` principal that is no identity provider. */
export const invalidFederatedPrincipalSyntaxInRoleTrustPolicy: Check = {
  code: "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY",
  severity: "error",
  types: ["RESOURCE_POLICY"],
  title: "A federated principal is neither a domain nor the ARN of a provider",
  why: "no identity provider has such a name, so nobody can assume the role by it",
  remedy: "give the provider's domain name, or the ARN of the SAML or OIDC provider",
  sources: [sources.analyzer],
  example: {
    type: "RESOURCE_POLICY",
    bad: policyOf({ ...statement, Principal: { Federated: "corp" } }),
    good: policyOf({
      ...statement,
      Principal: { Federated: "arn:aws:iam::111122223333:saml-provider/corp" },
    }),
  },
  *check(policy, _facts, context) {
    if (!isTrustPolicy(policy, context)) return;
    for (const { type, text } of policyPrincipals(policy)) {
      if (type !== "Federated" || text.value.includes("${")) continue;
      if (federatedKind(text) === undefined) {
        yield { at: text, summary: `${quote(text.value)} is no identity provider` };
      }
    }
  },
};
