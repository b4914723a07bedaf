import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { starFindings } from "../star-condition.ts";

/** A condition that matches no request. */
export const redundantStatementDueToWildcardInCondition: Check = {
  code: "REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "The condition matches no request",
  why: "every value matches `*`, so that the negated condition never holds where every request has the key: the statement does nothing",
  remedy: "remove the statement, or give the key the value that was meant",
  sources: [sources.analyzer, sources.conditions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { StringNotLike: { "aws:RequestedRegion": "*" } } }),
    good: deny({ Condition: { StringNotLike: { "aws:RequestedRegion": "eu-*" } } }),
  },
  check: (policy, facts) => starFindings(policy, facts, "never"),
};
