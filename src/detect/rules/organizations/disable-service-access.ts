import { securityServices } from "../../../data/security-services.ts";
import { organizationCall } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** A service loses its access to the organization. */
export const disableServiceAccess: DetectRule = {
  id: "organizations/disable-service-access",
  title: "Trusted access of a service is disabled",
  severity: "critical",
  levels: "Medium for services that do not guard the organization.",
  why: "Without trusted access a service no longer sees new accounts and may delete what it manages; for IAM Identity Center everybody is locked out.",
  remedy: "Enable it again in the service's own console or by `orgrail apply`.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisableAWSServiceAccess.html",
  ],
  events: events("organizations", "DisableAWSServiceAccess"),
  counts: "success",
  evaluate: (event) => {
    const service = requestText(event, "servicePrincipal");
    const guards = service === undefined || securityServices.principals.includes(service);
    return {
      severity: guards ? "critical" : "medium",
      verb: ["disable", "disabled"],
      object: `the trusted access of ${service ?? "a service"}`,
      ...(service === undefined ? {} : { resource: service }),
    };
  },
  example: {
    hit: [
      organizationCall("DisableAWSServiceAccess", {
        servicePrincipal: "cloudtrail.amazonaws.com",
      }),
      organizationCall("DisableAWSServiceAccess", {
        servicePrincipal: "wellarchitected.amazonaws.com",
      }),
    ],
    pass: [organizationCall("ListAWSServiceAccessForOrganization", null)],
  },
};
