import { example, organizationCall } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";
import { missing, unknownFacts } from "../../unknown-facts.ts";

/** An account that the configuration does not name becomes administrator of a service. */
export const registerDelegatedAdministrator: DetectRule = {
  id: "organizations/register-delegated-administrator",
  title: "An unplanned delegated administrator is registered",
  severity: "high",
  why: "A delegated administrator reads, and for many services changes, every account of the organization. For IAM Identity Center, StackSets or IAM that means administrator access.",
  remedy: "Deregister it, or name it under `organization.delegatedAdministrators` if it is wanted.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_RegisterDelegatedAdministrator.html",
  ],
  events: events("organizations", "RegisterDelegatedAdministrator"),
  counts: "success",
  evaluate: (event, facts) => {
    const account = requestText(event, "accountId");
    const service = requestText(event, "servicePrincipal");
    const isAllowed =
      account === undefined || service === undefined
        ? false
        : facts.isAllowedAdministrator(account, service);
    if (isAllowed === true) return undefined;
    return {
      verb: ["register", "registered"],
      object: `${account === undefined ? "an account" : facts.target(account)} as administrator of ${service ?? "a service"}`,
      ...(account === undefined ? {} : { resource: account }),
      unknown: missing([isAllowed, unknownFacts.administrators]),
    };
  },
  example: {
    hit: [
      organizationCall("RegisterDelegatedAdministrator", {
        accountId: example.payments,
        servicePrincipal: "guardduty.amazonaws.com",
      }),
    ],
    pass: [
      organizationCall("RegisterDelegatedAdministrator", {
        accountId: example.audit,
        servicePrincipal: "guardduty.amazonaws.com",
      }),
    ],
  },
};
