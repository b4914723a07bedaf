import { type Check, policyOf, sources } from "../check.ts";
import { isTrustPolicy } from "../trust-policy.ts";

const one = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::111122223333:role/ci" },
  Action: "sts:AssumeRole",
};
const other = { ...one, Action: "sts:TagSession" };

/** A resource in the trust policy of a role. */
export const roleTrustPolicySyntaxErrorResource: Check = {
  code: "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE",
  severity: "error",
  types: ["RESOURCE_POLICY"],
  title: "A role's trust policy names a resource",
  why: "a trust policy is about the role that it is attached to; AWS refuses `Resource` and `NotResource` in it",
  remedy: "remove the element",
  sources: [sources.analyzer],
  example: {
    type: "RESOURCE_POLICY",
    bad: policyOf(one, { ...other, Resource: "*" }),
    good: policyOf(one, other),
  },
  *check(policy, _facts, context) {
    if (!isTrustPolicy(policy, context)) return;
    for (const { resource, notResource } of policy.statements) {
      const element = resource ?? notResource;
      if (element === undefined) continue;
      yield { at: element, summary: "a trust policy names no resource" };
    }
  },
};
