import { resourcePolicyTypes } from "../../../data/resource-policy-types.ts";
import { type Check, policyOf, sources } from "../check.ts";
import { type ArnPattern, arnPattern, policyResources, quote } from "../elements.ts";
import { globsOverlap } from "../glob.ts";

const statement = {
  Effect: "Allow",
  Principal: { AWS: "111122223333" },
  Action: "s3:GetObject",
};

/** An ARN of another kind than what the resource policy is attached to. */
export const unsupportedResourceArnInPolicy: Check = {
  code: "UNSUPPORTED_RESOURCE_ARN_IN_POLICY",
  severity: "error",
  types: ["RESOURCE_POLICY"],
  title: "The ARN is of another kind than the resource that has the policy",
  why: "a resource policy decides requests to its resource: services refuse it with the ARN of something else, or it has no effect",
  remedy: "name the resource that has the policy, or what it holds",
  sources: [sources.analyzer],
  example: {
    type: "RESOURCE_POLICY",
    resourceType: "AWS::S3::Bucket",
    bad: policyOf({ ...statement, Resource: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd" }),
    good: policyOf({ ...statement, Resource: "arn:aws:s3:::data/*" }),
  },
  *check(policy, _facts, { resourceType }) {
    if (resourceType === undefined) return;
    const { arns } = resourcePolicyTypes.types[resourceType];
    if (arns === undefined) return;
    for (const { text, arn } of policyResources(policy)) {
      if (arn === undefined || arns.some((pattern) => overlaps(pattern, arn))) continue;
      yield { at: text, summary: `${quote(text.value)} is not of ${quote(resourceType)}` };
    }
  },
};

/** Part by part: a wildcard that was meant for a Region does not make another service of an ARN. */
function overlaps(pattern: string, arn: ArnPattern): boolean {
  const wanted = arnPattern(pattern);
  if (wanted === undefined) return false;
  const parts = ["service", "region", "account", "resource"] as const;
  return parts.every((part) => globsOverlap(wanted[part], arn[part].replace(/\$\{[^}]*\}/g, "*")));
}
