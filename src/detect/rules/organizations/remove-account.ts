import { example, organizationCall } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** The management account removes a member. */
export const removeAccount: DetectRule = {
  id: "organizations/remove-account",
  title: "An account is removed from the organization",
  severity: "critical",
  why: "The account loses every guardrail, the organization trail and all central security services at once.",
  remedy:
    "If nobody planned it, invite the account back and revoke the sessions of the principal that removed it.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_RemoveAccountFromOrganization.html",
  ],
  events: events("organizations", "RemoveAccountFromOrganization"),
  counts: "success",
  evaluate: (event, facts) => {
    const account = requestText(event, "accountId");
    return {
      verb: ["remove", "removed"],
      object: `${account === undefined ? "an account" : facts.target(account)} from the organization`,
      ...(account === undefined ? {} : { resource: account }),
    };
  },
  example: {
    hit: [organizationCall("RemoveAccountFromOrganization", { accountId: example.payments })],
    pass: [organizationCall("DescribeAccount", { accountId: example.payments })],
  },
};
