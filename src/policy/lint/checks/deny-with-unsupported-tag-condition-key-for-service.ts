import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { unsupportedTagKeys } from "../unsupported-tag-keys.ts";

/** A Deny by resource tag of services that have no such tags. */
export const denyWithUnsupportedTagConditionKeyForService: Check = {
  code: "DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
  severity: "securityWarning",
  types: allPolicyTypes,
  title: "The Deny by tag does not apply to a service",
  why: "requests to a service without tag condition keys lack the key: the Deny does not apply to them",
  remedy: "move the actions of those services to a statement without the tag condition key",
  sources: [sources.analyzer, sources.actions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({
      Action: ["ec2:TerminateInstances", "pricing:GetProducts"],
      Condition: { StringEquals: { "aws:ResourceTag/keep": "yes" } },
    }),
    good: deny({
      Action: ["ec2:TerminateInstances"],
      Condition: { StringEquals: { "aws:ResourceTag/keep": "yes" } },
    }),
  },
  check: (policy, facts) => unsupportedTagKeys(policy, facts, { effect: "Deny", isNot: false }),
};
