import { call, denied, example, organizationCall } from "../../example/event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** A member account leaves the organization, or tries to. */
export const leaveOrganization: DetectRule = {
  id: "organizations/leave-organization",
  title: "An account leaves the organization",
  severity: "critical",
  why: "Outside of the organization no SCP binds the account, no organization trail logs it and no delegated administrator sees it. Leaving is what an intruder does to be alone.",
  remedy:
    "Find out who called it. If the account is gone, contact its root user's owner, invite it back, and deny `organizations:LeaveOrganization` by an SCP at the root.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_LeaveOrganization.html",
  ],
  events: events("organizations", "LeaveOrganization"),
  counts: "attempts",
  evaluate: () => ({ verb: ["leave", "left"], object: "the organization" }),
  example: {
    hit: [call("organizations", "LeaveOrganization", null)],
    pass: [
      organizationCall("DescribeOrganization", null),
      call("organizations", "DeclineHandshake", { handshakeId: example.organization }, denied),
    ],
  },
};
