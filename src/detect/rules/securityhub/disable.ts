import { call, callers, example } from "../../example/event.ts";
import { requestTexts } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

const verbs: Readonly<Record<string, readonly [string, string, string]>> = {
  DisableSecurityHub: ["disable", "disabled", "Security Hub"],
  DisableSecurityHubV2: ["disable", "disabled", "Security Hub"],
  DisableSecurityHubFeatureV2: ["disable", "disabled", "a feature of Security Hub"],
  BatchDisableStandards: ["disable", "disabled", "standards of Security Hub"],
  DisassociateFromAdministratorAccount: ["leave", "left", "the Security Hub administrator account"],
  DisassociateFromMasterAccount: ["leave", "left", "the Security Hub administrator account"],
  DisassociateMembers: ["disassociate", "disassociated", "accounts from Security Hub"],
  DeleteMembers: ["delete", "deleted", "accounts from Security Hub"],
};

/** Security Hub is switched off, or accounts are taken out of it. */
export const disable: DetectRule = {
  id: "securityhub/disable",
  title: "Security Hub is switched off or loses accounts",
  severity: "high",
  why: "Controls are no longer checked there, and findings of other services no longer arrive.",
  remedy: "Enable it again from the administrator account, with its standards.",
  sources: ["https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DisableSecurityHub.html"],
  events: events("securityhub", ...Object.keys(verbs)),
  counts: "attempts",
  evaluate: (event, facts) => {
    const [infinitive, past, what] = verbs[event.eventName ?? ""] ?? ["disable", "disabled", ""];
    const accounts = requestTexts(event, "accountIds").map((id) => facts.account(id));
    return {
      verb: [infinitive, past],
      object: accounts.length === 0 ? what : `${what} (${accounts.join(", ")})`,
    };
  },
  example: {
    hit: [
      call("securityhub", "DisableSecurityHub", null),
      call(
        "securityhub",
        "DisassociateMembers",
        { accountIds: [example.payments] },
        { recipientAccountId: example.audit, userIdentity: callers.administrator },
      ),
    ],
    pass: [call("securityhub", "EnableSecurityHub", null)],
  },
};
