import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { starFindings } from "../star-condition.ts";

/** A condition that matches whatever the request. */
export const redundantKeyDueToWildcardInCondition: Check = {
  code: "REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "The condition matches every request",
  why: "any value matches `*`, and a request without the key matches too, or there is none: the condition decides nothing",
  remedy: "remove the key, or give it the value that was meant",
  sources: [sources.analyzer, sources.conditions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { StringLikeIfExists: { "aws:SourceVpce": "*" } } }),
    good: deny({ Condition: { StringLikeIfExists: { "aws:SourceVpce": "vpce-0a1b2c3d" } } }),
  },
  check: (policy, facts) => starFindings(policy, facts, "always"),
};
