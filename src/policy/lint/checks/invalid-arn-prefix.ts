import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyResources, quote } from "../elements.ts";

/** A resource that is neither `*` nor an ARN. */
export const invalidArnPrefix: Check = {
  code: "INVALID_ARN_PREFIX",
  severity: "error",
  types: allPolicyTypes,
  title: "The resource is no ARN",
  why: "a resource is `*` or begins with `arn:`; AWS refuses anything else",
  remedy: "write the resource's ARN",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
  ],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Resource: "my-bucket" }),
    good: deny({ Resource: "arn:aws:s3:::my-bucket" }),
  },
  *check(policy) {
    for (const { text } of policyResources(policy)) {
      // A pattern that begins with a wildcard may still match ARNs.
      if (/^(arn:|\*|\?|ar?\*|arn\*|\$\{)/.test(text.value)) continue;
      yield { at: text, summary: `${quote(text.value)} is no ARN` };
    }
  },
};
