import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { hasWildcard, quote } from "../elements.ts";
import { regionProblem } from "../region-name.ts";

/** A value of `aws:RequestedRegion` that is no Region. */
export const invalidRegion: Check = {
  code: "INVALID_REGION",
  severity: "warning",
  types: allPolicyTypes,
  title: "The condition names no Region",
  why: "no request is for a Region that does not exist: the value never matches",
  remedy: "write a Region such as `eu-west-1`",
  sources: [sources.analyzer, sources.globalKeys],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { StringEquals: { "aws:RequestedRegion": "eu-west1" } } }),
    good: deny({ Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } }),
  },
  *check(policy) {
    for (const { condition, key, operator } of policyConditions(policy)) {
      if (key !== "aws:requestedregion" || operator.family !== "String") continue;
      for (const text of condition.values.values) {
        if (hasWildcard(text.value) || text.value.includes("${")) continue;
        const problem = regionProblem(text.value);
        if (problem !== undefined) yield { at: text, summary: `${quote(text.value)} ${problem}` };
      }
    }
  },
};
