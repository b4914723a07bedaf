import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** A date that is read otherwise than it looks: a year and month, or seconds that look like one. */
export const invalidDateValue: Check = {
  code: "INVALID_DATE_VALUE",
  severity: "warning",
  types: allPolicyTypes,
  title: "A date is read otherwise than it looks",
  why: "digits alone are seconds since 1970: `20260131` is a day in August 1970, and `2026-01` is no day",
  remedy: "write a date such as `2026-01-31`",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { DateLessThan: { "aws:CurrentTime": "20260131" } } }),
    good: deny({ Condition: { DateLessThan: { "aws:CurrentTime": "2026-01-31" } } }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (operator.family !== "Date") continue;
      for (const text of condition.values.values) {
        const isCompact = /^(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])$/.test(text.value);
        if (!isCompact && !/^\d{4}(-\d\d)?$/.test(text.value)) continue;
        yield { at: text, summary: `${quote(text.value)} may not be the date that it looks like` };
      }
    }
  },
};
