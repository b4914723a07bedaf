import { securityServices } from "../../../data/security-services.ts";
import { example, organizationCall } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** An account stops administering a service for the organization. */
export const deregisterDelegatedAdministrator: DetectRule = {
  id: "organizations/deregister-delegated-administrator",
  title: "A delegated administrator is deregistered",
  severity: "critical",
  levels: "Medium for services that do not guard the organization.",
  why: "Without its administrator a security service falls apart into member accounts: findings are no longer collected, settings no longer enforced.",
  remedy: "Register the security account again: `orgrail apply` does.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeregisterDelegatedAdministrator.html",
  ],
  events: events("organizations", "DeregisterDelegatedAdministrator"),
  counts: "success",
  evaluate: (event, facts) => {
    const account = requestText(event, "accountId");
    const service = requestText(event, "servicePrincipal");
    const guards = service === undefined || securityServices.principals.includes(service);
    return {
      severity: guards ? "critical" : "medium",
      verb: ["deregister", "deregistered"],
      object: `${account === undefined ? "an account" : facts.target(account)} as administrator of ${service ?? "a service"}`,
      ...(account === undefined ? {} : { resource: account }),
    };
  },
  example: {
    hit: [
      organizationCall("DeregisterDelegatedAdministrator", {
        accountId: example.audit,
        servicePrincipal: "guardduty.amazonaws.com",
      }),
      organizationCall("DeregisterDelegatedAdministrator", {
        accountId: example.audit,
        servicePrincipal: "servicecatalog.amazonaws.com",
      }),
    ],
    pass: [organizationCall("ListDelegatedAdministrators", null)],
  },
};
