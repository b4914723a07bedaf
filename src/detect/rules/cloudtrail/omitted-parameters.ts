import { call, organizationCall } from "../../example/event.ts";
import { requestFlag, requestText, text } from "../../read-event.ts";
import type { DetectRule } from "../../rule.ts";

const sources = ["iam.amazonaws.com", "organizations.amazonaws.com"];

/** The log leaves out what a call to IAM or AWS Organizations asked for. */
export const omittedParameters: DetectRule = {
  id: "cloudtrail/omitted-parameters",
  title: "The log leaves out what a call asked for",
  severity: "medium",
  why: "CloudTrail leaves out parameters that are too large, and whoever pads a request on purpose hides from rules that read them.",
  remedy: "Read what the call changed from the service itself.",
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html",
  ],
  events: [],
  mark: '"omitted"',
  detail: { eventSource: sources, requestParameters: { omitted: [true] } },
  counts: "success",
  isFallback: true,
  evaluate: (event) => {
    if (!sources.includes(event.eventSource ?? "") || event.readOnly === true) return undefined;
    const isOmitted =
      requestFlag(event, "omitted") === true ||
      /too large/i.test(requestText(event, "reason") ?? "");
    if (!isOmitted) return undefined;
    return {
      verb: ["call", "called"],
      object: `${text(event.eventName) ?? "an operation"} with parameters that CloudTrail left out`,
    };
  },
  example: {
    hit: [
      call("iam", "PutGroupPolicy", {
        omitted: true,
        originalSize: 120_000,
        reason: "requestParameters too large",
      }),
      organizationCall("TagResource", { omitted: true, reason: "requestParameters too large" }),
    ],
    pass: [call("ec2", "RunInstances", { omitted: true, reason: "requestParameters too large" })],
  },
};
