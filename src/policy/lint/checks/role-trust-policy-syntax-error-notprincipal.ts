import { type Check, policyOf, sources } from "../check.ts";
import { isTrustPolicy } from "../trust-policy.ts";

const principal = { AWS: "arn:aws:iam::111122223333:role/ci" };

/** `NotPrincipal` in the trust policy of a role. */
export const roleTrustPolicySyntaxErrorNotprincipal: Check = {
  code: "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL",
  severity: "error",
  types: ["RESOURCE_POLICY"],
  title: "A role's trust policy has NotPrincipal",
  why: "trust policies say who may assume the role; AWS refuses `NotPrincipal` in them",
  remedy: "name in `Principal` who may assume the role",
  sources: [sources.analyzer],
  example: {
    type: "RESOURCE_POLICY",
    bad: policyOf({ Effect: "Deny", NotPrincipal: principal, Action: "sts:AssumeRole" }),
    good: policyOf({ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }),
  },
  *check(policy, _facts, context) {
    if (!isTrustPolicy(policy, context)) return;
    for (const { notPrincipal } of policy.statements) {
      if (notPrincipal === undefined) continue;
      yield { at: notPrincipal, summary: "a trust policy has no `NotPrincipal`" };
    }
  },
};
