import { allow, type Check, sources } from "../check.ts";

/** `NotPrincipal` in a statement that allows. */
export const allowWithNotPrincipal: Check = {
  code: "ALLOW_WITH_NOT_PRINCIPAL",
  severity: "securityWarning",
  types: ["RESOURCE_POLICY"],
  title: "Everybody but the named principals is allowed",
  why: "`Allow` with `NotPrincipal` allows everybody else, anonymous callers too",
  remedy: "name with `Principal` who is allowed",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
  ],
  example: {
    type: "RESOURCE_POLICY",
    bad: allow({ NotPrincipal: { AWS: "111122223333" } }),
    good: allow({ Principal: { AWS: "111122223333" } }),
  },
  *check({ statements }) {
    for (const { effect, notPrincipal } of statements) {
      if (effect !== "Allow" || notPrincipal === undefined) continue;
      yield {
        at: notPrincipal,
        summary: "the statement allows everybody but the named principals",
      };
    }
  },
};
