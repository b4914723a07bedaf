import { iamLintFacts } from "../../../data/iam-lint-facts.ts";
import { type Check, deny, sources } from "../check.ts";

const long = Array.from({ length: 250 }, (_, index) => `arn:aws:s3:::example-${index}-bucket`);

/** An identity policy that is longer than a managed policy may be. */
export const policySizeExceedsIdentityPolicyQuota: Check = {
  code: "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA",
  severity: "warning",
  types: ["IDENTITY_POLICY"],
  title: "The identity policy is longer than a managed policy may be",
  why: "AWS refuses a managed policy above its quota; white space is not counted",
  remedy: "use wildcards, or split it",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
  ],
  example: { type: "IDENTITY_POLICY", bad: deny({ Resource: long }), good: deny({}) },
  *check({ size, document }) {
    const quota = iamLintFacts.sizeQuotas.identity;
    if (size.minified <= quota) return;
    yield {
      at: { start: document.start, end: document.start },
      summary: `${size.minified} characters without white space; the quota is ${quota}`,
    };
  },
};
