import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { hasWildcard, policyActions, quote } from "../elements.ts";

/** A wildcard in the service prefix of an action. */
export const wildcardInServiceName: Check = {
  code: "WILDCARD_IN_SERVICE_NAME",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "A wildcard stands in the service prefix",
  why: "the pattern takes in services that AWS adds later, and IAM documents wildcards for the name of an action only",
  remedy: "name each service",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html",
  ],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Action: "code*:Delete*" }),
    good: deny({ Action: ["codebuild:Delete*", "codecommit:Delete*"] }),
  },
  *check(policy) {
    for (const { text, prefix } of policyActions(policy)) {
      if (!hasWildcard(prefix) || !text.value.includes(":")) continue;
      yield { at: text, summary: `${quote(text.value)} has a wildcard in the service prefix` };
    }
  },
};
