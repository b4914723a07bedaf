import { organizationCall } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** A service gets access to the organization. */
export const enableServiceAccess: DetectRule = {
  id: "organizations/enable-service-access",
  title: "A service gets trusted access",
  severity: "medium",
  why: "Trusted access lets a service make roles in every account. StackSets with it deploy anything anywhere.",
  remedy: "Name the service under `organization.trustedAccess` if it is wanted; else disable it.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnableAWSServiceAccess.html",
  ],
  events: events("organizations", "EnableAWSServiceAccess"),
  counts: "success",
  evaluate: (event) => {
    const service = requestText(event, "servicePrincipal");
    return {
      verb: ["enable", "enabled"],
      object: `trusted access for ${service ?? "a service"}`,
      ...(service === undefined ? {} : { resource: service }),
    };
  },
  example: {
    hit: [
      organizationCall("EnableAWSServiceAccess", {
        servicePrincipal: "member.org.stacksets.cloudformation.amazonaws.com",
      }),
    ],
    pass: [organizationCall("ListAWSServiceAccessForOrganization", null)],
  },
};
