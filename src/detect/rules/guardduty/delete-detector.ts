import { call } from "../../example/event.ts";
import { regionOf, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** GuardDuty is switched off in a Region by deleting its detector. */
export const deleteDetector: DetectRule = {
  id: "guardduty/delete-detector",
  title: "A GuardDuty detector is deleted",
  severity: "critical",
  why: "GuardDuty is off in this account and Region, and its findings are gone with the detector.",
  remedy:
    "Create the detector again from the administrator account, and deny the action by an SCP.",
  sources: ["https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DeleteDetector.html"],
  events: events("guardduty", "DeleteDetector"),
  counts: "attempts",
  evaluate: (event) => {
    const detector = requestText(event, "detectorId");
    return {
      verb: ["delete", "deleted"],
      object: `the GuardDuty detector ${detector ?? "(not named)"} of ${regionOf(event)}`,
      ...(detector === undefined ? {} : { resource: detector }),
    };
  },
  example: {
    hit: [call("guardduty", "DeleteDetector", { detectorId: "12abc34d567e8fa901bc2d34e56789f0" })],
    pass: [call("guardduty", "CreateDetector", { enable: true })],
  },
};
