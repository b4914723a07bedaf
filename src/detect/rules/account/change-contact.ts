import { call, example } from "../../example/event.ts";
import { accountOf, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

const emails = ["StartPrimaryEmailUpdate", "AcceptPrimaryEmailUpdate", "EmailUpdated"];

/** Whom AWS writes to about an account changes. */
export const changeContact: DetectRule = {
  id: "account/change-contact",
  title: "A contact or the root e-mail address of an account changes",
  severity: "high",
  levels: "Medium for other contacts than the security contact and the root user's address.",
  why: "The root user's address resets its password; the security contact is whom AWS warns of abuse. Who takes them over owns the account and keeps its owner in the dark.",
  remedy:
    "Put the contact back: `orgrail apply` does for contacts of the file. For the address, call AWS Support at once.",
  sources: [
    "https://docs.aws.amazon.com/accounts/latest/reference/API_PutAlternateContact.html",
    "https://docs.aws.amazon.com/accounts/latest/reference/API_StartPrimaryEmailUpdate.html",
  ],
  events: [
    ...events(
      "account",
      "PutAlternateContact",
      "DeleteAlternateContact",
      "PutContactInformation",
      "StartPrimaryEmailUpdate",
      "AcceptPrimaryEmailUpdate",
    ),
    ...events("signin", "EmailUpdated"),
  ],
  counts: "success",
  evaluate: (event, facts) => {
    const account = requestText(event, "accountId") ?? accountOf(event);
    const type = requestText(event, "alternateContactType");
    const isEmail = emails.includes(event.eventName ?? "");
    const isSecurity = isEmail || type === "SECURITY";
    const isDeleted = event.eventName === "DeleteAlternateContact";
    const what = isEmail
      ? "the root user's e-mail address"
      : type === undefined
        ? "the contact information"
        : `the ${type.toLowerCase()} contact`;
    return {
      severity: isSecurity ? "high" : "medium",
      verb: isDeleted ? ["delete", "deleted"] : ["change", "changed"],
      object: `${what} of ${account === undefined ? "an account" : facts.target(account)}`,
      ...(account === undefined ? {} : { resource: account }),
    };
  },
  example: {
    hit: [
      call("account", "PutAlternateContact", { alternateContactType: "SECURITY" }),
      call("account", "DeleteAlternateContact", { alternateContactType: "BILLING" }),
      call("account", "StartPrimaryEmailUpdate", { accountId: example.payments }),
    ],
    pass: [call("account", "GetAlternateContact", { alternateContactType: "SECURITY" })],
  },
};
