import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { keyKnowledge } from "../condition-key.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** `ForAllValues` on a key that has one value. */
export const forallvaluesWithSingleValuedKey: Check = {
  code: "FORALLVALUES_WITH_SINGLE_VALUED_KEY",
  severity: "securityWarning",
  types: allPolicyTypes,
  title: "ForAllValues stands before a single-valued key",
  why: "`ForAllValues` also matches a request that lacks the key, which lets more through than the condition says",
  remedy: "remove `ForAllValues:`",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({
      Condition: { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-example123" } },
    }),
    good: deny({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-example123" } } }),
  },
  *check(policy, facts) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (operator.qualifier !== "ForAllValues") continue;
      if (keyKnowledge(condition.key.value, facts).isMultivalued !== false) continue;
      yield { at: condition.operator, summary: `${quote(condition.key.value)} has one value` };
    }
  },
};
