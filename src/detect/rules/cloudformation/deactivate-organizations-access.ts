import { call, callers, example } from "../../example/event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** StackSets lose the organization. */
export const deactivateOrganizationsAccess: DetectRule = {
  id: "cloudformation/deactivate-organizations-access",
  title: "StackSets lose their access to the organization",
  severity: "high",
  why: "Baselines no longer reach new accounts, and no longer repair old ones.",
  remedy: "Activate it again (ActivateOrganizationsAccess).",
  sources: [
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeactivateOrganizationsAccess.html",
  ],
  events: events("cloudformation", "DeactivateOrganizationsAccess"),
  counts: "success",
  evaluate: () => ({
    verb: ["deactivate", "deactivated"],
    object: "the access of StackSets to the organization",
  }),
  example: {
    hit: [
      call("cloudformation", "DeactivateOrganizationsAccess", null, {
        recipientAccountId: example.management,
        userIdentity: callers.administrator,
      }),
    ],
    pass: [call("cloudformation", "ActivateOrganizationsAccess", null)],
  },
};
