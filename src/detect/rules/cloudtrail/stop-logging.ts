import { call, example } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** A trail stops logging. */
export const stopLogging: DetectRule = {
  id: "cloudtrail/stop-logging",
  title: "A trail stops logging",
  severity: "critical",
  why: "From this moment on the trail records nothing. It is the first thing that an intruder does.",
  remedy:
    "Start it again (StartLogging), and look at what happened in between in the event history.",
  sources: ["https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html"],
  events: events("cloudtrail", "StopLogging"),
  counts: "attempts",
  evaluate: (event) => {
    const trail = requestText(event, "name");
    return {
      verb: ["stop", "stopped"],
      object: `the logging of ${trail === undefined ? "a trail" : `the trail \`${trail}\``}`,
      ...(trail === undefined ? {} : { resource: trail }),
    };
  },
  example: {
    hit: [call("cloudtrail", "StopLogging", { name: "acme-trail" })],
    pass: [
      call("cloudtrail", "StartLogging", { name: "acme-trail" }),
      call("cloudtrail", "GetTrailStatus", { name: example.logBucket }),
    ],
  },
};
