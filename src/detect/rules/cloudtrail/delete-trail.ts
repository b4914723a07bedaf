import { call } from "../../example/event.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** A trail is deleted. */
export const deleteTrail: DetectRule = {
  id: "cloudtrail/delete-trail",
  title: "A trail is deleted",
  severity: "critical",
  why: "What the trail alone recorded is recorded no more. The log files that it wrote stay.",
  remedy: "Make the trail again with the same bucket, and find out who deleted it.",
  sources: ["https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DeleteTrail.html"],
  events: events("cloudtrail", "DeleteTrail"),
  counts: "attempts",
  evaluate: (event) => {
    const trail = requestText(event, "name");
    return {
      verb: ["delete", "deleted"],
      object: trail === undefined ? "a trail" : `the trail \`${trail}\``,
      ...(trail === undefined ? {} : { resource: trail }),
    };
  },
  example: {
    hit: [call("cloudtrail", "DeleteTrail", { name: "acme-trail" })],
    pass: [call("cloudtrail", "CreateTrail", { name: "acme-trail" })],
  },
};
