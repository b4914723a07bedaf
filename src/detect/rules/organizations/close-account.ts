import { call, callers, example, organizationCall } from "../../example/event.ts";
import { accountOf, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** An account is closed, by the management account or from within. */
export const closeAccount: DetectRule = {
  id: "organizations/close-account",
  title: "An account is closed",
  severity: "critical",
  why: "A closed account stops serving at once and is deleted with all it holds after 90 days. Closing accounts is also a way to destroy evidence.",
  remedy: "If nobody planned it, reopen the account through AWS Support within 90 days.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CloseAccount.html",
    "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-closing.html",
  ],
  events: [...events("organizations", "CloseAccount"), ...events("account", "CloseAccount")],
  counts: "success",
  evaluate: (event, facts) => {
    const account = requestText(event, "accountId") ?? accountOf(event);
    return {
      verb: ["close", "closed"],
      object: account === undefined ? "an account" : facts.target(account),
      ...(account === undefined ? {} : { resource: account }),
    };
  },
  example: {
    hit: [
      organizationCall("CloseAccount", { accountId: example.payments }),
      call("account", "CloseAccount", null, { userIdentity: callers.root }),
    ],
    pass: [organizationCall("DescribeAccount", { accountId: example.payments })],
  },
};
