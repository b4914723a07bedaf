import { call, callers, example } from "../../example/event.ts";
import { callerOf } from "../../principal.ts";
import { type DetectRule, events } from "../../rule.ts";
import { missing, unknownFacts } from "../../unknown-facts.ts";

/** Sharing within the organization is switched on by hand. */
export const enableSharing: DetectRule = {
  id: "ram/enable-sharing",
  title: "Sharing with the whole organization is switched on",
  severity: "high",
  why: "From then on shares reach accounts without being accepted there.",
  remedy: "Take trusted access of `ram.amazonaws.com` away unless it is wanted.",
  sources: [
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_EnableSharingWithAwsOrganization.html",
  ],
  events: events("ram", "EnableSharingWithAwsOrganization"),
  counts: "success",
  evaluate: (event, facts) => {
    const isDeploy = facts.isDeployRole(callerOf(event));
    if (isDeploy === true) return undefined;
    return {
      verb: ["switch on", "switched on"],
      object: "sharing of resources with the whole organization",
      unknown: missing([isDeploy, unknownFacts.deployRoles]),
    };
  },
  example: {
    hit: [
      call("ram", "EnableSharingWithAwsOrganization", null, {
        recipientAccountId: example.management,
        userIdentity: callers.administrator,
      }),
    ],
    pass: [call("ram", "EnableSharingWithAwsOrganization", null, { userIdentity: callers.deploy })],
  },
};
