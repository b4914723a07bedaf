import { allow, type Check, sources } from "../check.ts";
import { policyPrincipals, quote } from "../elements.ts";

/** The unique id of a role as a principal. */
export const invalidRoleReference: Check = {
  code: "INVALID_ROLE_REFERENCE",
  severity: "warning",
  types: ["RESOURCE_POLICY"],
  title: "The principal is a role's unique id",
  why: "a role's unique id stands where the role was deleted after the policy was saved: nobody can use the statement any more",
  remedy: "write the ARN of the role that is meant",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  ],
  example: {
    type: "RESOURCE_POLICY",
    bad: allow({ Principal: { AWS: "AROAEXAMPLEEXAMPLE123" } }),
    good: allow({ Principal: { AWS: "arn:aws:iam::111122223333:role/ci" } }),
  },
  *check(policy) {
    for (const { type, text } of policyPrincipals(policy)) {
      if (type !== "AWS" || !/^AROA[A-Z0-9]+$/.test(text.value)) continue;
      yield { at: text, summary: `${quote(text.value)} is the unique id of a role` };
    }
  },
};
