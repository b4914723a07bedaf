import { iamLintFacts } from "../../../data/iam-lint-facts.ts";
import { type Check, deny, sources } from "../check.ts";

const long = Array.from({ length: 700 }, (_, index) => `arn:aws:s3:::example-${index}-bucket`);

/** A resource policy that is longer than the resource policies of AWS may be. */
export const policySizeExceedsResourcePolicyQuota: Check = {
  code: "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA",
  severity: "warning",
  types: ["RESOURCE_POLICY"],
  title: "The resource policy is longer than resource policies may be",
  why: "services take resource policies of 20,480 characters, as S3 does, or less",
  remedy: "use wildcards, or move conditions to a resource control policy",
  sources: [sources.analyzer],
  example: {
    type: "RESOURCE_POLICY",
    bad: deny({ Principal: "*", Resource: long }),
    good: deny({ Principal: "*" }),
  },
  *check({ size, document }) {
    const quota = iamLintFacts.sizeQuotas.resource;
    if (size.minified <= quota) return;
    yield {
      at: { start: document.start, end: document.start },
      summary: `${size.minified} characters without white space; the quota is ${quota}`,
    };
  },
};
