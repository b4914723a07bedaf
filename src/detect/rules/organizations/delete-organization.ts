import { organizationCall } from "../../example/event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** The organization itself is deleted. */
export const deleteOrganization: DetectRule = {
  id: "organizations/delete-organization",
  title: "The organization is deleted",
  severity: "critical",
  why: "With the organization go all policies, trusted access and delegation. It cannot be brought back.",
  remedy:
    "Stop the principal, and make the organization anew from `orgrail.yaml` if it is gone already.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeleteOrganization.html",
  ],
  events: events("organizations", "DeleteOrganization"),
  counts: "attempts",
  evaluate: () => ({ verb: ["delete", "deleted"], object: "the organization" }),
  example: {
    hit: [organizationCall("DeleteOrganization", null)],
    pass: [organizationCall("DescribeOrganization", null)],
  },
};
