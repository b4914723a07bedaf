import type { CloudTrailEvent } from "../../../core/event.ts";
import { isJsonObject } from "../../../core/json.ts";
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
      call("cloudtrail", "PutEventSelectors", {
        trailName: "acme-trail",
        advancedEventSelectors: [
          {
            fieldSelectors: [
              { field: "eventCategory", equals: ["Management"] },
              { field: "eventSource", notStartsWith: ["organizations"] },
            ],
          },
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
      call("cloudtrail", "PutEventSelectors", {
        trailName: "acme-trail",
        advancedEventSelectors: ["true", "false"].map((readOnly) => ({
          fieldSelectors: [
            { field: "eventCategory", equals: ["Management"] },
            { field: "readOnly", equals: [readOnly] },
          ],
        })),
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
  const narrowed = management.map((selector) =>
    selector.filter((one) => text(member(one, "field")) !== "eventCategory"),
  );
  // An event is logged that one selector takes: one for reads and one for writes take all.
  const kinds = narrowed
    .filter((rest) => rest.every((one) => text(member(one, "field")) === "readOnly"))
    .map((rest) => new Set(valuesOf(rest, "readOnly", "equals")));
  const takes = (kind: string): boolean => kinds.some((one) => one.size === 0 || one.has(kind));
  if (takes("true") && takes("false")) return [];
  return management.flatMap((selector, index) => [
    ...valuesOf(selector, "readOnly", "equals").map((value) =>
      value === "true" ? "only reads are logged" : "only writes are logged",
    ),
    ...valuesOf(selector, "eventSource", "notEquals").map(
      (source) => `events of ${source} are left out`,
    ),
    ...valuesOf(selector, "eventSource", "equals").map((source) => `only ${source} is logged`),
    ...(narrowed[index] ?? []).filter((one) => !isTold(one)).map(inWords),
  ]);
}

/** Whether a selector of a field is one of those that have words of their own. */
function isTold(selector: unknown): boolean {
  const field = text(member(selector, "field"));
  const operators = isJsonObject(selector) ? Object.keys(selector) : [];
  const told = field === "readOnly" ? ["equals"] : ["equals", "notEquals"];
  return (
    (field === "readOnly" || field === "eventSource") &&
    operators.every((one) => one === "field" || told.includes(one))
  );
}

function inWords(selector: unknown): string {
  const { field, ...operators } = isJsonObject(selector) ? selector : { field: undefined };
  const tests = Object.entries(operators).map(
    ([name, values]) => `${name} ${texts(values).join(", ")}`,
  );
  return `only events whose ${text(field) ?? "field"} ${tests.join(" and ")} are logged`;
}
