import type { CloudTrailEvent } from "../../../core/event.ts";
import { call } from "../../example/event.ts";
import { flag, list, member, requestList, requestText, text, texts } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

/** A trail is told to leave out management events. */
export const putEventSelectors: DetectRule = {
  id: "cloudtrail/put-event-selectors",
  title: "A trail leaves out management events",
  severity: "critical",
  why: "A trail that logs reads only, or no management events, shows as logging and records no change to the organization.",
  remedy: "Put the selectors back: all management events, reads and writes, no source excluded.",
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html",
  ],
  events: events("cloudtrail", "PutEventSelectors"),
  counts: "success",
  evaluate: (event) => {
    const lost = [...basicLosses(event), ...advancedLosses(event)];
    if (lost.length === 0) return undefined;
    const trail = requestText(event, "trailName");
    return {
      verb: ["narrow", "narrowed"],
      object: `the event selectors of ${trail === undefined ? "a trail" : `the trail \`${trail}\``}`,
      detail: [...new Set(lost)].join("; "),
      ...(trail === undefined ? {} : { resource: trail }),
    };
  },
  example: {
    hit: [
      call("cloudtrail", "PutEventSelectors", {
        trailName: "acme-trail",
        eventSelectors: [{ readWriteType: "All", includeManagementEvents: false }],
      }),
      call("cloudtrail", "PutEventSelectors", {
        trailName: "acme-trail",
        eventSelectors: [
          { readWriteType: "All", excludeManagementEventSources: ["kms.amazonaws.com"] },
        ],
      }),
      call("cloudtrail", "PutEventSelectors", {
        trailName: "acme-trail",
        advancedEventSelectors: [
          { fieldSelectors: [{ field: "eventCategory", equals: ["Data"] }] },
        ],
      }),
    ],
    pass: [
      call("cloudtrail", "PutEventSelectors", {
        trailName: "acme-trail",
        eventSelectors: [
          {
            readWriteType: "All",
            includeManagementEvents: true,
            excludeManagementEventSources: [],
          },
        ],
      }),
      call("cloudtrail", "PutEventSelectors", {
        trailName: "acme-trail",
        advancedEventSelectors: [
          { fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
        ],
      }),
    ],
  },
};

function basicLosses(event: CloudTrailEvent): readonly string[] {
  const selectors = requestList(event, "eventSelectors");
  if (selectors.length === 0) return [];
  const logged = selectors.filter((one) => flag(member(one, "includeManagementEvents")) !== false);
  if (logged.length === 0) return ["no management events are logged"];
  const types = logged.map((one) => text(member(one, "readWriteType")) ?? "All");
  const isWhole =
    types.includes("All") || (types.includes("ReadOnly") && types.includes("WriteOnly"));
  const excluded = logged.flatMap((one) => texts(member(one, "excludeManagementEventSources")));
  return [
    ...(isWhole ? [] : [`only ${types.join(" and ")} events are logged`]),
    ...(excluded.length === 0 ? [] : [`events of ${excluded.join(", ")} are left out`]),
  ];
}

function advancedLosses(event: CloudTrailEvent): readonly string[] {
  const selectors = requestList(event, "advancedEventSelectors");
  if (selectors.length === 0) return [];
  const fields = selectors.map((one) => list(member(one, "fieldSelectors")));
  const valuesOf = (selector: readonly unknown[], field: string, operator: string): string[] =>
    selector
      .filter((one) => text(member(one, "field")) === field)
      .flatMap((one) => texts(member(one, operator)));
  const management = fields.filter((one) =>
    valuesOf(one, "eventCategory", "equals").includes("Management"),
  );
  if (management.length === 0) return ["no management events are logged"];
  return management.flatMap((selector) => [
    ...valuesOf(selector, "readOnly", "equals").map((value) =>
      value === "true" ? "only reads are logged" : "only writes are logged",
    ),
    ...valuesOf(selector, "eventSource", "notEquals").map(
      (source) => `events of ${source} are left out`,
    ),
    ...valuesOf(selector, "eventSource", "equals").map((source) => `only ${source} is logged`),
  ]);
}
