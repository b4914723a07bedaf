import { allow, allPolicyTypes, type Check, sources } from "../check.ts";
import { unsupportedTagKeys } from "../unsupported-tag-keys.ts";

/** An Allow of all but some actions by resource tag. */
export const allowNotactionWithUnsupportedTagConditionKeyForService: Check = {
  code: "ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "The Allow by tag of all but some actions leaves services out",
  why: "many services have no tag condition keys: the statement allows none of their actions",
  remedy: "name the actions with `Action`",
  sources: [sources.analyzer, sources.actions],
  example: {
    type: "IDENTITY_POLICY",
    bad: allow({
      NotAction: "iam:*",
      Condition: { StringEquals: { "aws:ResourceTag/team": "web" } },
    }),
    good: allow({
      Action: "ec2:StartInstances",
      Condition: { StringEquals: { "aws:ResourceTag/team": "web" } },
    }),
  },
  check: (policy, facts) => unsupportedTagKeys(policy, facts, { effect: "Allow", isNot: true }),
};
