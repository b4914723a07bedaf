import { iamLintFacts } from "../../../data/iam-lint-facts.ts";
import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { hasWildcard, policyResources, quote } from "../elements.ts";

/** An ARN of a partition that AWS does not have. */
export const invalidPartition: Check = {
  code: "INVALID_PARTITION",
  severity: "warning",
  types: allPolicyTypes,
  title: "The ARN's partition does not exist",
  why: "an ARN of a partition that does not exist matches nothing",
  remedy: "write `aws`, `aws-cn` or `aws-us-gov`, or `*`",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html",
  ],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Resource: "arn:amazon:s3:::my-bucket" }),
    good: deny({ Resource: "arn:aws:s3:::my-bucket" }),
  },
  *check(policy) {
    for (const { text, arn } of policyResources(policy)) {
      if (arn === undefined || hasWildcard(arn.partition) || arn.partition.includes("$")) continue;
      if (iamLintFacts.partitions.includes(arn.partition)) continue;
      yield { at: text, summary: `partition ${quote(arn.partition)} does not exist` };
    }
  },
};
