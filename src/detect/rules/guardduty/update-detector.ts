import { call } from "../../example/event.ts";
import { disabledFeatures } from "../../guardduty-features.ts";
import { regionOf, requestFlag, requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

const slow = ["ONE_HOUR", "SIX_HOURS"];

/** A detector is suspended, or sees or says less. */
export const updateDetector: DetectRule = {
  id: "guardduty/update-detector",
  title: "A GuardDuty detector is suspended or sees less",
  severity: "critical",
  levels: "High when features are switched off, low when findings are published later.",
  why: "A suspended detector still exists, so that lists of detectors look whole.",
  remedy: "Enable the detector and its features again from the administrator account.",
  sources: ["https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateDetector.html"],
  events: events("guardduty", "UpdateDetector"),
  counts: "attempts",
  evaluate: (event) => {
    const isOff = requestFlag(event, "enable") === false;
    const features = disabledFeatures(event);
    const frequency = requestText(event, "findingPublishingFrequency");
    const isSlow = frequency !== undefined && slow.includes(frequency);
    if (!isOff && features.length === 0 && !isSlow) return undefined;
    const detector = requestText(event, "detectorId");
    return {
      severity: isOff ? "critical" : features.length > 0 ? "high" : "low",
      verb: isOff ? ["suspend", "suspended"] : ["weaken", "weakened"],
      object: `the GuardDuty detector ${detector ?? "(not named)"} of ${regionOf(event)}`,
      ...(features.length > 0
        ? { detail: `switched off: ${features.join(", ")}` }
        : isSlow
          ? { detail: `findings are published every ${frequency}` }
          : {}),
      ...(detector === undefined ? {} : { resource: detector }),
    };
  },
  example: {
    hit: [
      call("guardduty", "UpdateDetector", { detectorId: "12abc34d", enable: false }),
      call("guardduty", "UpdateDetector", {
        detectorId: "12abc34d",
        features: [{ name: "S3_DATA_EVENTS", status: "DISABLED" }],
      }),
      call("guardduty", "UpdateDetector", {
        detectorId: "12abc34d",
        dataSources: { kubernetes: { auditLogs: { enable: false } } },
      }),
      call("guardduty", "UpdateDetector", {
        detectorId: "12abc34d",
        dataSources: {
          malwareProtection: { scanEc2InstanceWithFindings: { ebsVolumes: false } },
        },
      }),
      call("guardduty", "UpdateDetector", {
        detectorId: "12abc34d",
        findingPublishingFrequency: "SIX_HOURS",
      }),
    ],
    pass: [
      call("guardduty", "UpdateDetector", {
        detectorId: "12abc34d",
        enable: true,
        findingPublishingFrequency: "FIFTEEN_MINUTES",
        features: [{ name: "S3_DATA_EVENTS", status: "ENABLED" }],
      }),
    ],
  },
};
