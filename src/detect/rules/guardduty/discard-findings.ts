import { call } from "../../example/event.ts";
import { requestList, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

const verbs: Readonly<Record<string, readonly [string, string, string]>> = {
  DeletePublishingDestination: ["delete", "deleted", "the export of GuardDuty findings"],
  DeleteInvitations: ["delete", "deleted", "invitations to GuardDuty's organization"],
  ArchiveFindings: ["archive", "archived", "GuardDuty findings"],
};

/** Findings are archived, or no longer exported. */
export const discardFindings: DetectRule = {
  id: "guardduty/discard-findings",
  title: "GuardDuty findings are put out of sight",
  severity: "medium",
  why: "An archived finding is in nobody's list. Without the export none is kept longer than 90 days.",
  remedy: "Read what was archived (UnarchiveFindings), and put the export back.",
  sources: ["https://docs.aws.amazon.com/guardduty/latest/APIReference/API_ArchiveFindings.html"],
  events: events("guardduty", ...Object.keys(verbs)),
  counts: "success",
  evaluate: (event) => {
    const [infinitive, past, what] = verbs[event.eventName ?? ""] ?? ["discard", "discarded", ""];
    const count = requestList(event, "findingIds").length;
    const destination = requestText(event, "destinationId");
    return {
      verb: [infinitive, past],
      object: count === 0 ? what : `${count} ${what}`,
      ...(destination === undefined ? {} : { resource: destination }),
    };
  },
  example: {
    hit: [
      call("guardduty", "ArchiveFindings", { detectorId: "12abc34d", findingIds: ["a", "b"] }),
      call("guardduty", "DeletePublishingDestination", { destinationId: "dest" }),
    ],
    pass: [call("guardduty", "UnarchiveFindings", { findingIds: ["a"] })],
  },
};
