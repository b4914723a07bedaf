import { allow, type Check, sources } from "../check.ts";
import { hasWildcard, policyPrincipals, quote } from "../elements.ts";

/** A wildcard as a part of a principal. */
export const unsupportedWildcardInPrincipal: Check = {
  code: "UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
  severity: "error",
  types: ["RESOURCE_POLICY"],
  title: "A principal holds a wildcard",
  why: "a principal is named in full, or is `*` for everybody: a wildcard in a part of one is refused",
  remedy: "name each principal, or narrow `*` by a condition on `aws:PrincipalArn`",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  ],
  example: {
    type: "RESOURCE_POLICY",
    bad: allow({ Principal: { AWS: "arn:aws:iam::111122223333:role/ci-*" } }),
    good: allow({
      Principal: { AWS: "*" },
      Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/ci-*" } },
    }),
  },
  *check(policy) {
    for (const { type, text } of policyPrincipals(policy)) {
      if (text.value === "*" ? type === "AWS" : !hasWildcard(text.value)) continue;
      yield { at: text, summary: `${quote(text.value)} holds a wildcard` };
    }
  },
};
