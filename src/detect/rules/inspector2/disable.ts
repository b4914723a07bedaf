import { call, example } from "../../example/event.ts";
import { requestText, requestTexts } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

const verbs: Readonly<Record<string, readonly [string, string, string]>> = {
  Disable: ["disable", "disabled", "Amazon Inspector"],
  DisableDelegatedAdminAccount: ["remove", "removed", "the administrator of Amazon Inspector"],
  DisassociateMember: ["disassociate", "disassociated", "an account from Amazon Inspector"],
};

/** Inspector is switched off, or loses accounts. */
export const disable: DetectRule = {
  id: "inspector2/disable",
  title: "Amazon Inspector is switched off or loses accounts",
  severity: "medium",
  why: "Instances, images and functions are no longer searched for known weaknesses.",
  remedy: "Enable it again from the administrator account.",
  sources: ["https://docs.aws.amazon.com/inspector/v2/APIReference/API_Disable.html"],
  events: events("inspector2", ...Object.keys(verbs)),
  counts: "success",
  evaluate: (event, facts) => {
    const [infinitive, past, what] = verbs[event.eventName ?? ""] ?? ["disable", "disabled", ""];
    const types = requestTexts(event, "resourceTypes");
    const accounts = requestTexts(event, "accountIds").map((id) => facts.account(id));
    const thing = requestText(event, "accountId") ?? requestText(event, "delegatedAdminAccountId");
    return {
      verb: [infinitive, past],
      object: `${what}${accounts.length === 0 ? "" : ` for ${accounts.join(", ")}`}${types.length === 0 ? "" : ` (${types.join(", ")})`}`,
      ...(thing === undefined ? {} : { resource: thing }),
    };
  },
  example: {
    hit: [
      call("inspector2", "Disable", { accountIds: [example.payments], resourceTypes: ["EC2"] }),
      call("inspector2", "DisableDelegatedAdminAccount", {
        delegatedAdminAccountId: example.audit,
      }),
    ],
    pass: [call("inspector2", "Enable", { accountIds: [example.payments] })],
  },
};
