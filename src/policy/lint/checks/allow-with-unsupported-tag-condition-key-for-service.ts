import { allow, allPolicyTypes, type Check, sources } from "../check.ts";
import { unsupportedTagKeys } from "../unsupported-tag-keys.ts";

/** An Allow by resource tag of services that have no such tags. */
export const allowWithUnsupportedTagConditionKeyForService: Check = {
  code: "ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "The Allow by tag does not apply to a service",
  why: "requests to a service without tag condition keys lack the key: the statement allows none of them",
  remedy: "move the actions of those services to a statement without the tag condition key",
  sources: [sources.analyzer, sources.actions],
  example: {
    type: "IDENTITY_POLICY",
    bad: allow({
      Action: ["ec2:StartInstances", "pricing:GetProducts"],
      Condition: { StringEquals: { "aws:ResourceTag/team": "web" } },
    }),
    good: allow({
      Action: "ec2:StartInstances",
      Condition: { StringEquals: { "aws:ResourceTag/team": "web" } },
    }),
  },
  check: (policy, facts) => unsupportedTagKeys(policy, facts, { effect: "Allow", isNot: false }),
};
