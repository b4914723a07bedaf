import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { statementConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

const list = { Action: "s3:ListBucket" };

/** `s3:prefix` as a list of what may not be listed. */
export const s3PrefixInNegativeContext: Check = {
  code: "S3_PREFIX_IN_NEGATIVE_CONTEXT",
  severity: "securityWarning",
  types: allPolicyTypes,
  title: "A shorter prefix passes by the condition",
  why: "`s3:prefix` is what the caller asks for: `priv` does not match `private/`, and lists the objects below it all the same",
  remedy: "name what may be listed: `StringLike` in an Allow, or `StringNotLike` in a Deny",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html",
  ],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ ...list, Condition: { StringLike: { "s3:prefix": "private/*" } } }),
    good: deny({ ...list, Condition: { StringNotLike: { "s3:prefix": "public/*" } } }),
  },
  *check({ statements }) {
    for (const statement of statements) {
      for (const { condition, operator, key } of statementConditions(statement)) {
        if (key !== "s3:prefix" || operator.family !== "String") continue;
        if (operator.isNegated !== (statement.effect === "Allow")) continue;
        // No prefix passes by `*`: that is the whole bucket.
        if (condition.values.values.every(({ value }) => value === "*")) continue;
        yield {
          at: condition.operator,
          summary: `${quote(condition.operator.value)} of \`s3:prefix\` in ${statement.effect === "Deny" ? "a Deny" : "an Allow"} does not keep objects from being listed`,
        };
      }
    }
  },
};
