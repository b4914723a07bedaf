import { iamLintFacts } from "../../../data/iam-lint-facts.ts";
import { type Check, policyOf, sources } from "../check.ts";
import { sizeFindings } from "../size-findings.ts";
import { isTrustPolicy } from "../trust-policy.ts";

const trusting = (count: number): ReturnType<typeof policyOf> =>
  policyOf({
    Effect: "Allow",
    Principal: {
      AWS: Array.from(
        { length: count },
        (_, index) => `arn:aws:iam::111122223333:role/team-${index}`,
      ),
    },
    Action: "sts:AssumeRole",
  });

/** A trust policy that is longer than IAM takes unless it was asked for more. */
export const policySizeExceedsRoleTrustPolicyQuota: Check = {
  code: "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA",
  severity: "warning",
  types: ["RESOURCE_POLICY"],
  title: "The trust policy is longer than IAM takes by default",
  why: "IAM refuses a trust policy of more characters, white space apart, until the quota is raised",
  remedy: "use a condition such as `aws:PrincipalOrgPaths`, or ask Service Quotas for more",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
  ],
  example: { type: "RESOURCE_POLICY", bad: trusting(60), good: trusting(1) },
  *check(policy, _facts, context) {
    if (!isTrustPolicy(policy, context)) return;
    yield* sizeFindings(policy, iamLintFacts.sizeQuotas.roleTrust);
  },
};
