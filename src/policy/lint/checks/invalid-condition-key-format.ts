import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { quote } from "../elements.ts";

/** A condition key that is not of the form `service:name`. */
export const invalidConditionKeyFormat: Check = {
  code: "INVALID_CONDITION_KEY_FORMAT",
  severity: "warning",
  types: allPolicyTypes,
  title: "The condition key lacks its prefix",
  why: "a condition key is `aws:Name` or `service:Name`; no request carries a key of another form, so that the condition decides the same for every request",
  remedy: "write the key with its prefix",
  sources: [sources.analyzer, sources.globalKeys],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { StringEquals: { s3locationconstraint: "eu-west-1" } } }),
    good: deny({
      Action: "s3:CreateBucket",
      Condition: { StringEquals: { "s3:LocationConstraint": "eu-west-1" } },
    }),
  },
  *check({ statements }) {
    for (const { conditions } of statements) {
      for (const { key } of conditions) {
        if (/^[^\s:]+:[^\s].*$/s.test(key.value)) continue;
        yield { at: key, summary: `condition key ${quote(key.value)} has no prefix` };
      }
    }
  },
};
