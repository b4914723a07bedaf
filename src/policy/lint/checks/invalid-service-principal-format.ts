import { allow, type Check, sources } from "../check.ts";
import { policyPrincipals, quote } from "../elements.ts";

/** A service principal that does not look like one. */
export const invalidServicePrincipalFormat: Check = {
  code: "INVALID_SERVICE_PRINCIPAL_FORMAT",
  severity: "error",
  types: ["RESOURCE_POLICY"],
  title: "The service principal is not valid",
  why: "a service principal is a name such as `sns.amazonaws.com`; AWS refuses others",
  remedy: "write the principal that the service's documentation gives",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  ],
  example: {
    type: "RESOURCE_POLICY",
    bad: allow({ Principal: { Service: "sns" } }),
    good: allow({ Principal: { Service: "sns.amazonaws.com" } }),
  },
  *check(policy) {
    for (const { type, text } of policyPrincipals(policy)) {
      if (type !== "Service" || /[*?]/.test(text.value)) continue;
      // Other partitions end their principals otherwise, so that only the form is compared.
      if (/^[a-z0-9-]+(\.[a-z0-9-]+){2,}$/.test(text.value)) continue;
      yield { at: text, summary: `${quote(text.value)} is no service principal` };
    }
  },
};
