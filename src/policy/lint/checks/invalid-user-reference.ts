import { allow, type Check, sources } from "../check.ts";
import { policyPrincipals, quote } from "../elements.ts";

/** The unique id of a user as a principal. */
export const invalidUserReference: Check = {
  code: "INVALID_USER_REFERENCE",
  severity: "warning",
  types: ["RESOURCE_POLICY"],
  title: "The principal is a user's unique id",
  why: "a user's unique id stands where the user was deleted after the policy was saved: nobody can use the statement any more",
  remedy: "write the ARN of the user that is meant",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  ],
  example: {
    type: "RESOURCE_POLICY",
    bad: allow({ Principal: { AWS: "AIDAEXAMPLEEXAMPLE123" } }),
    good: allow({ Principal: { AWS: "arn:aws:iam::111122223333:user/ci" } }),
  },
  *check(policy) {
    for (const { type, text } of policyPrincipals(policy)) {
      if (type !== "AWS" || !/^AIDA[A-Z0-9]+$/.test(text.value)) continue;
      yield { at: text, summary: `${quote(text.value)} is the unique id of a user` };
    }
  },
};
