import { iamGlobalConditionKeys } from "../../../data/iam-global-condition-keys.ts";
import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { quote } from "../elements.ts";

/** A global key that is no longer supported. */
export const unsupportedGlobalConditionKey: Check = {
  code: "UNSUPPORTED_GLOBAL_CONDITION_KEY",
  severity: "error",
  types: allPolicyTypes,
  title: "The global condition key is no longer supported",
  why: "AWS has replaced the key; it is not evaluated as it once was",
  remedy: "use the key that replaces it",
  sources: [sources.analyzer, sources.globalKeys],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { ArnLike: { "aws:ARN": "arn:aws:iam::*:role/ci-*" } } }),
    good: deny({ Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/ci-*" } } }),
  },
  *check({ statements }) {
    const { replaced } = iamGlobalConditionKeys;
    for (const { conditions } of statements) {
      for (const { key } of conditions) {
        const name = key.value.toLowerCase();
        if (!Object.hasOwn(replaced, name)) continue;
        yield {
          at: key,
          summary: `${quote(key.value)} is not supported`,
          help: `use \`${replaced[name]}\``,
        };
      }
    }
  },
};
