import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyResources, quote, splitOutsideVariables } from "../elements.ts";

/** An ARN of fewer than six parts. */
export const missingArnField: Check = {
  code: "MISSING_ARN_FIELD",
  severity: "error",
  types: allPolicyTypes,
  title: "The ARN lacks a part",
  why: "an ARN has six parts, `arn:partition:service:region:account:resource`; with fewer it matches nothing",
  remedy: "write all parts; Region and account may be empty",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
  ],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Resource: "arn:aws:s3:my-bucket" }),
    good: deny({ Resource: "arn:aws:s3:::my-bucket" }),
  },
  *check(policy) {
    for (const { text } of policyResources(policy)) {
      const parts = splitOutsideVariables(text.value);
      if (parts[0] !== "arn" || parts.length >= 6) continue;
      // AWS: a pattern that ends in a wildcard, such as `arn:aws:s3*`, is taken for the rest.
      if (parts.at(-1)?.endsWith("*") === true) continue;
      yield {
        at: text,
        summary: `${quote(text.value)} has ${parts.length} of the six parts of an ARN`,
      };
    }
  },
};
