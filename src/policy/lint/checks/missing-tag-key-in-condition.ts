import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { quote } from "../elements.ts";

/** A tag condition key without the tag's key. */
export const missingTagKeyInCondition: Check = {
  code: "MISSING_TAG_KEY_IN_CONDITION",
  severity: "error",
  types: allPolicyTypes,
  title: "The condition names no tag",
  why: "`aws:PrincipalTag`, `aws:ResourceTag` and `aws:RequestTag` are followed by a slash and a tag's key",
  remedy: "write the tag's key, as in `aws:PrincipalTag/team`",
  sources: [sources.analyzer, sources.globalKeys],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { StringEquals: { "aws:PrincipalTag": "audit" } } }),
    good: deny({ Condition: { StringEquals: { "aws:PrincipalTag/team": "audit" } } }),
  },
  *check({ statements }) {
    for (const { conditions } of statements) {
      for (const { key } of conditions) {
        if (
          !/^(aws:(principaltag|resourcetag|requesttag)|[a-z0-9-]+:resourcetag)\/?$/i.test(
            key.value,
          )
        )
          continue;
        yield { at: key, summary: `${quote(key.value)} names no tag` };
      }
    }
  },
};
