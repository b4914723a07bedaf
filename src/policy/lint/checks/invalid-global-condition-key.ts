import { iamGlobalConditionKeys } from "../../../data/iam-global-condition-keys.ts";
import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { keyKnowledge } from "../condition-key.ts";
import { quote } from "../elements.ts";
import { nearest } from "../nearest.ts";

const names = iamGlobalConditionKeys.keys.map(({ name }) => name);

/** A key that begins with `aws:` and is none of the global keys. */
export const invalidGlobalConditionKey: Check = {
  code: "INVALID_GLOBAL_CONDITION_KEY",
  severity: "warning",
  types: allPolicyTypes,
  title: "The global condition key does not exist",
  why: "no request carries a key that does not exist: a positive operator never matches, a negated one always does. A warning and no error, because AWS may have added the key after the data was read",
  remedy: "use a key of the list of global condition keys",
  sources: [sources.analyzer, sources.globalKeys],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { StringEquals: { "aws:PrincipleAccount": "111122223333" } } }),
    good: deny({ Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } } }),
  },
  *check({ statements }, facts) {
    for (const { conditions } of statements) {
      for (const { key } of conditions) {
        const { scope, isKnown } = keyKnowledge(key.value, facts);
        const name = key.value.toLowerCase();
        if (scope !== "global" || isKnown) continue;
        if (Object.hasOwn(iamGlobalConditionKeys.replaced, name) || isTagKeyless(name)) continue;
        const meant = nearest(key.value, names);
        yield {
          at: key,
          summary: `there is no global condition key ${quote(key.value)} as of ${iamGlobalConditionKeys.asOf}`,
          ...(meant === undefined ? {} : { help: `did you mean \`${meant}\`?` }),
        };
      }
    }
  },
};

/** Those are reported as lacking a tag key. */
function isTagKeyless(name: string): boolean {
  return /^aws:(principaltag|resourcetag|requesttag)\/?$/.test(name);
}
