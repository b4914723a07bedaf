import { iamGlobalConditionKeys } from "../../../data/iam-global-condition-keys.ts";
import { allow, allPolicyTypes, type Check, sources, variable } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";
import { policyVariables } from "../policy-variables.ts";

const sensitive = new Set(iamGlobalConditionKeys.sensitive.map((name) => name.toLowerCase()));

/** A tag that the caller sets, as a value of a key that names accounts or networks. */
export const variableUsageTooPermissive: Check = {
  code: "VARIABLE_USAGE_TOO_PERMISSIVE",
  severity: "securityWarning",
  types: allPolicyTypes,
  title: "A tag decides which accounts or networks are meant",
  why: "whoever sets the tag decides what the condition lets through",
  remedy: "write the id in full",
  sources: [sources.analyzer, sources.globalKeys],
  example: {
    type: "IDENTITY_POLICY",
    bad: allow({
      Condition: {
        StringEquals: { "aws:ResourceAccount": `${variable("aws:RequestTag/account")}` },
      },
    }),
    good: allow({ Condition: { StringEquals: { "aws:ResourceAccount": "111122223333" } } }),
  },
  *check(policy) {
    for (const { condition, key } of policyConditions(policy)) {
      if (!sensitive.has(key)) continue;
      for (const text of condition.values.values) {
        const fromTag = policyVariables(text.value).some((variable) =>
          /^aws:(requesttag|resourcetag)\//i.test(variable.name),
        );
        if (fromTag) yield { at: text, summary: `${quote(text.value)} comes from a tag` };
      }
    }
  },
};
