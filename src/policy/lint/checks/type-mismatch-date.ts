import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

const date = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** A value of a date operator that is no date. */
export const typeMismatchDate: Check = {
  code: "TYPE_MISMATCH_DATE",
  severity: "warning",
  types: allPolicyTypes,
  title: "A date condition has no date",
  why: "a date operator compares with ISO 8601 or with seconds since 1970; another value never matches",
  remedy: "write a date such as `2026-01-31T00:00:00Z`",
  sources: [sources.analyzer, sources.conditions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { DateLessThan: { "aws:TokenIssueTime": "yesterday" } } }),
    good: deny({ Condition: { DateLessThan: { "aws:TokenIssueTime": "2026-01-31T00:00:00Z" } } }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (operator.family !== "Date") continue;
      for (const text of condition.values.values) {
        if (date.test(text.value) || /^\d+$/.test(text.value) || /^\d{4}-\d\d$/.test(text.value))
          continue;
        yield { at: text, summary: `${quote(text.value)} is no date` };
      }
    }
  },
};
