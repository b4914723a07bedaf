import { iamLintFacts } from "../../../data/iam-lint-facts.ts";
import type { IamFacts } from "../../iam-facts.ts";
import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { keyKnowledge } from "../condition-key.ts";
import { policyConditions } from "../condition-operator.ts";
import { arnPattern, hasWildcard, quote } from "../elements.ts";
import { globsOverlap } from "../glob.ts";

const key = "s3:x-amz-server-side-encryption-aws-kms-key-id";
const put = { Action: "s3:PutObject" };

const named = new Set(iamLintFacts.kmsKeyArnKeys.map((name) => name.toLowerCase()));

/** A value that is no ARN of a KMS key where one is compared. */
export const invalidKmsKeyValue: Check = {
  code: "INVALID_KMS_KEY_VALUE",
  severity: "warning",
  types: allPolicyTypes,
  title: "The value is not the ARN of a KMS key",
  why: "requests carry the key's whole ARN: an id, an alias or another ARN never matches. A warning and no error, because which keys hold such ARNs is told by their names",
  remedy: "write `arn:aws:kms:REGION:ACCOUNT:key/KEY-ID`",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN",
  ],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ ...put, Condition: { StringNotEquals: { [key]: "alias/data" } } }),
    good: deny({
      ...put,
      Condition: {
        StringNotEquals: {
          [key]: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        },
      },
    }),
  },
  *check(policy, facts) {
    for (const { condition, operator, key: name } of policyConditions(policy)) {
      if (operator.family !== "String" && operator.family !== "Arn") continue;
      if (!holdsKmsKey(name, facts)) continue;
      for (const text of condition.values.values) {
        const value = text.value.replace(/\$\{[^}]*\}/g, "*");
        const isPattern = operator.hasWildcards || value !== text.value;
        if (
          isPattern ? mayBeKey(value) : /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/.test(value)
        ) {
          continue;
        }
        yield { at: text, summary: `${quote(text.value)} is not the ARN of a KMS key` };
      }
    }
  },
};

function holdsKmsKey(name: string, facts: IamFacts): boolean {
  if (named.has(name)) return true;
  if (!/kms-?key/.test(name) || name.startsWith("kms:")) return false;
  return keyKnowledge(name, facts).type === "arn";
}

/** Whether a value with wildcards can match the ARN of some KMS key. */
function mayBeKey(value: string): boolean {
  const arn = arnPattern(value);
  if (arn === undefined) return hasWildcard(value) && globsOverlap("arn:*:kms:*:*:key/*", value);
  const { service, account, resource } = arn;
  return (
    globsOverlap("kms", service) &&
    (hasWildcard(account) || /^\d{12}$/.test(account)) &&
    globsOverlap("key/?*", resource)
  );
}
