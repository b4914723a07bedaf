import { type Check, policyOf, sources } from "../check.ts";
import { isTrustPolicy } from "../trust-policy.ts";

/** `"Principal": "*"` in the trust policy of a role. */
export const roleTrustPolicyUnsupportedWildcardInPrincipal: Check = {
  code: "ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
  severity: "error",
  types: ["RESOURCE_POLICY"],
  title: "A role's trust policy trusts everyone",
  why: "`Principal` of a trust policy is not `*`: whoever is not named cannot be trusted",
  remedy: "name the accounts, roles, services or identity providers that may assume the role",
  sources: [sources.analyzer],
  example: {
    type: "RESOURCE_POLICY",
    bad: policyOf({ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }),
    good: policyOf({
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111122223333:role/ci" },
      Action: "sts:AssumeRole",
    }),
  },
  *check(policy, _facts, context) {
    if (!isTrustPolicy(policy, context)) return;
    for (const { principal, effect } of policy.statements) {
      // A Deny for everyone under a condition is how AWS's own examples close a trust policy.
      if (principal?.any !== true || effect !== "Allow") continue;
      yield { at: principal, summary: "a trust policy's `Principal` is not `*`" };
    }
  },
};
