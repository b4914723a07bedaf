import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { unsupportedTagKeys } from "../unsupported-tag-keys.ts";

/** A Deny of all but some actions by resource tag. */
export const denyNotactionWithUnsupportedTagConditionKeyForService: Check = {
  code: "DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
  severity: "securityWarning",
  types: allPolicyTypes,
  title: "The Deny by tag of all but some actions leaves services out",
  why: "many services have no tag condition keys: the Deny does not apply to their actions, though the statement reads as if it did",
  remedy: "name the actions with `Action`",
  sources: [sources.analyzer, sources.actions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({
      NotAction: "iam:*",
      Condition: { StringEquals: { "aws:ResourceTag/keep": "yes" } },
    }),
    good: deny({
      Action: "ec2:TerminateInstances",
      Condition: { StringEquals: { "aws:ResourceTag/keep": "yes" } },
    }),
  },
  check: (policy, facts) => unsupportedTagKeys(policy, facts, { effect: "Deny", isNot: true }),
};
