import { call } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

const verbs: Readonly<Record<string, readonly [string, string, string]>> = {
  DisableMacie: ["disable", "disabled", "Amazon Macie"],
  DisableOrganizationAdminAccount: ["remove", "removed", "the administrator of Amazon Macie"],
  DisassociateMember: ["disassociate", "disassociated", "an account from Amazon Macie"],
  DisassociateFromAdministratorAccount: ["leave", "left", "the administrator of Amazon Macie"],
  DeleteMember: ["delete", "deleted", "an account from Amazon Macie"],
};

/** Macie is switched off, or loses accounts. */
export const disable: DetectRule = {
  id: "macie2/disable",
  title: "Amazon Macie is switched off or loses accounts",
  severity: "medium",
  why: "Nobody looks for personal and secret data in buckets any more; Macie deletes its findings when it is disabled.",
  remedy: "Enable it again from the administrator account.",
  sources: ["https://docs.aws.amazon.com/macie/latest/APIReference/macie.html"],
  events: events("macie2", ...Object.keys(verbs)),
  counts: "success",
  evaluate: (event) => {
    const [infinitive, past, what] = verbs[event.eventName ?? ""] ?? ["disable", "disabled", ""];
    const thing = requestText(event, "id") ?? requestText(event, "adminAccountId");
    return {
      verb: [infinitive, past],
      object: what,
      ...(thing === undefined ? {} : { resource: thing }),
    };
  },
  example: {
    hit: [call("macie2", "DisableMacie", null)],
    pass: [call("macie2", "EnableMacie", null)],
  },
};
