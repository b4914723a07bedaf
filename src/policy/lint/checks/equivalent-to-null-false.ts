import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { starFindings } from "../star-condition.ts";

/** A wildcard that asks whether a key is there. */
export const equivalentToNullFalse: Check = {
  code: "EQUIVALENT_TO_NULL_FALSE",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "The condition only asks whether the key is there",
  why: "any value matches `*`: what is left is the question whether there is one, which `Null` asks plainly",
  remedy: "write `Null` with `false`",
  sources: [sources.analyzer, sources.conditions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { StringLike: { "aws:SourceVpce": "*" } } }),
    good: deny({ Condition: { Null: { "aws:SourceVpce": "false" } } }),
  },
  check: (policy, facts) => starFindings(policy, facts, "present"),
};
