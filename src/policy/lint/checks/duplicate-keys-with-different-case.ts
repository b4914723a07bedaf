import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { quote } from "../elements.ts";

/** A condition key twice under one operator, in two spellings. */
export const duplicateKeysWithDifferentCase: Check = {
  code: "DUPLICATE_KEYS_WITH_DIFFERENT_CASE",
  severity: "error",
  types: allPolicyTypes,
  title: "A condition key occurs twice in different case",
  why: "names of condition keys have no case, so that the two are one key with two answers",
  remedy: "join the values under one spelling",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({
      Condition: {
        StringNotEquals: { "aws:RequestedRegion": "eu-west-1", "aws:requestedregion": "eu-west-2" },
      },
    }),
    good: deny({
      Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-west-2"] } },
    }),
  },
  *check({ statements }) {
    for (const { conditions } of statements) {
      const seen = new Map<string, string>();
      for (const { operator, key } of conditions) {
        const name = `${operator.value} ${key.value.toLowerCase()}`;
        const other = seen.get(name);
        if (other === undefined) seen.set(name, key.value);
        else if (other !== key.value) {
          yield {
            at: key,
            summary: `condition key ${quote(key.value)} stands under the same operator as ${quote(other)}`,
          };
        }
      }
    }
  },
};
