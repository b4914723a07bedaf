import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { keyKnowledge } from "../condition-key.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** A multivalued key compared without a set qualifier. */
export const missingQualifier: Check = {
  code: "MISSING_QUALIFIER",
  severity: "warning",
  types: allPolicyTypes,
  title: "A multivalued key is compared without a set qualifier",
  why: "a request can carry several values of the key; without `ForAnyValue` or `ForAllValues` it is not defined which of them counts. A warning and no error, because the data may call a key multivalued that AWS compares as one value",
  remedy: "write `ForAnyValue:` or `ForAllValues:` before the operator",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
  ],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { StringEquals: { "aws:CalledVia": "cloudformation.amazonaws.com" } } }),
    good: deny({
      Condition: {
        "ForAnyValue:StringEquals": { "aws:CalledVia": "cloudformation.amazonaws.com" },
      },
    }),
  },
  *check(policy, facts) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (operator.qualifier !== undefined || operator.family === "Null") continue;
      if (keyKnowledge(condition.key.value, facts).isMultivalued !== true) continue;
      yield {
        at: condition.operator,
        summary: `${quote(condition.key.value)} has several values, and ${quote(condition.operator.value)} no set qualifier`,
      };
    }
  },
};
