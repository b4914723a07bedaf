import { call, callers, example } from "../../example/event.ts";
import { requestTexts } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

const verbs: Readonly<Record<string, readonly [string, string]>> = {
  DisassociateMembers: ["disassociate", "disassociated"],
  DeleteMembers: ["delete", "deleted"],
  StopMonitoringMembers: ["stop monitoring", "stopped monitoring"],
  DisassociateFromAdministratorAccount: ["leave", "left"],
  DisassociateFromMasterAccount: ["leave", "left"],
};

/** Member accounts are taken out of the administrator's sight. */
export const detachMembers: DetectRule = {
  id: "guardduty/detach-members",
  title: "Accounts are taken out of GuardDuty's organization",
  severity: "critical",
  why: "The administrator no longer sees findings of these accounts, which can then switch GuardDuty off themselves.",
  remedy: "Add the accounts again from the administrator account (CreateMembers).",
  sources: [
    "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DisassociateMembers.html",
  ],
  events: events("guardduty", ...Object.keys(verbs)),
  counts: "attempts",
  evaluate: (event, facts) => {
    const [infinitive, past] = verbs[event.eventName ?? ""] ?? ["detach", "detached"];
    const isLeaving = infinitive === "leave";
    const accounts = requestTexts(event, "accountIds").map((id) => facts.account(id));
    return {
      verb: [infinitive, past],
      object: isLeaving
        ? "the GuardDuty administrator account"
        : `${accounts.length === 0 ? "accounts" : accounts.join(", ")} in GuardDuty`,
    };
  },
  example: {
    hit: [
      call(
        "guardduty",
        "DisassociateMembers",
        { detectorId: "12abc34d", accountIds: [example.payments] },
        { recipientAccountId: example.audit, userIdentity: callers.administrator },
      ),
      call("guardduty", "DisassociateFromAdministratorAccount", { detectorId: "12abc34d" }),
    ],
    pass: [call("guardduty", "CreateMembers", { detectorId: "12abc34d" })],
  },
};
