import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { starFindings } from "../star-condition.ts";

/** A wildcard that asks whether a key is absent. */
export const equivalentToNullTrue: Check = {
  code: "EQUIVALENT_TO_NULL_TRUE",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "The condition only asks whether the key is absent",
  why: "every value matches `*`, so that the negated condition holds only where there is none, which `Null` says plainly",
  remedy: "write `Null` with `true`",
  sources: [sources.analyzer, sources.conditions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { StringNotLike: { "aws:SourceVpce": "*" } } }),
    good: deny({ Condition: { Null: { "aws:SourceVpce": "true" } } }),
  },
  check: (policy, facts) => starFindings(policy, facts, "absent"),
};
