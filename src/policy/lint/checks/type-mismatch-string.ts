import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** A value of `BinaryEquals` that is not base64. */
export const typeMismatchString: Check = {
  code: "TYPE_MISMATCH_STRING",
  severity: "warning",
  types: allPolicyTypes,
  title: "A binary condition is not base64",
  why: "`BinaryEquals` compares with base64; another value never matches",
  remedy: "encode the value as base64",
  sources: [sources.analyzer, sources.conditions],
  example: {
    type: "IDENTITY_POLICY",
    bad: deny({
      Action: "kms:Decrypt",
      Condition: { BinaryEquals: { "kms:RecipientAttestation:ImageSha384": "not base64!" } },
    }),
    good: deny({
      Action: "kms:Decrypt",
      Condition: { BinaryEquals: { "kms:RecipientAttestation:ImageSha384": "QmluYXJ5" } },
    }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (operator.family !== "Binary") continue;
      for (const text of condition.values.values) {
        const { value } = text;
        if (value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value)) continue;
        yield { at: text, summary: `${quote(value)} is not base64` };
      }
    }
  },
};
