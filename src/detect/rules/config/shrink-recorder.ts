import { call } from "../../example/event.ts";
import { flag, member, regionOf, request, text, texts } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** AWS Config records fewer kinds of resources. */
export const shrinkRecorder: DetectRule = {
  id: "config/shrink-recorder",
  title: "AWS Config records less",
  severity: "medium",
  why: "What is left out of the recording group, such as IAM, changes unseen.",
  remedy: "Record all supported types again, global ones in one Region.",
  sources: [
    "https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationRecorder.html",
  ],
  events: events("config", "PutConfigurationRecorder"),
  counts: "success",
  evaluate: (event) => {
    const recorder = request(event, "configurationRecorder");
    const group = member(recorder, "recordingGroup");
    const excluded = texts(member(group, "exclusionByResourceTypes", "resourceTypes"));
    const strategy = text(member(group, "recordingStrategy", "useOnly"));
    const isSome =
      strategy === "INCLUSION_BY_RESOURCE_TYPES" ||
      (strategy === undefined && flag(member(group, "allSupported")) === false);
    if (excluded.length === 0 && !isSome) return undefined;
    const name = text(member(recorder, "name"));
    return {
      verb: ["narrow", "narrowed"],
      object: `the recording group of AWS Config in ${regionOf(event)}`,
      detail:
        excluded.length > 0
          ? `left out: ${excluded.join(", ")}`
          : `recorded only: ${texts(member(group, "resourceTypes")).join(", ") || "nothing"}`,
      ...(name === undefined ? {} : { resource: name }),
    };
  },
  example: {
    hit: [
      call("config", "PutConfigurationRecorder", {
        configurationRecorder: {
          name: "default",
          recordingGroup: { allSupported: false, resourceTypes: ["AWS::S3::Bucket"] },
        },
      }),
      call("config", "PutConfigurationRecorder", {
        configurationRecorder: {
          name: "default",
          recordingGroup: {
            exclusionByResourceTypes: { resourceTypes: ["AWS::IAM::Role"] },
            recordingStrategy: { useOnly: "EXCLUSION_BY_RESOURCE_TYPES" },
          },
        },
      }),
    ],
    pass: [
      call("config", "PutConfigurationRecorder", {
        configurationRecorder: {
          name: "default",
          recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
        },
      }),
    ],
  },
};
