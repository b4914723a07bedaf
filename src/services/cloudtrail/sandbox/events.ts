import type {
  Event,
  LookupEventsCommandInput,
  LookupEventsCommandOutput,
} from "@aws-sdk/client-cloudtrail";
import type { CloudTrailEvent } from "../../../core/event.ts";
import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { cloudtrailFacts } from "../../../data/cloudtrail-facts.ts";
import { type AnsweredCall, type AnyHandler, ServiceError } from "../../../sandbox/service.ts";
import type { Slot, World } from "../../../sandbox/world.ts";
import { cloudTrailEventOf } from "./cloud-trail-event-of.ts";
import type { Served } from "./served.ts";

/** An event, as text: worlds are copied, and texts are copied fast. */
export interface EventRecord {
  readonly account: AccountId;
  readonly region: RegionName;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly json: string;
}

/** The newest events of the world, oldest first. */
export interface EventsState {
  readonly events: EventRecord[];
  /** How many of `events`, counted from the newest, are in no log file yet. */
  undelivered: number;
  /** After so many milliseconds events are in log files. */
  deliveryMs: number;
}

/** More events are not kept: a sandbox that lives long forgets the oldest. */
const mostKept = 20_000;

/** All events of the world. */
export const eventsSlot: Slot<EventsState> = {
  name: "cloudtrail-events",
  scope: "world",
  init: () => ({
    events: [],
    undelivered: 0,
    deliveryMs: cloudtrailFacts.deliveryMinutes * 60_000,
  }),
};

/** Sets after how long events are in log files; minutes, as with AWS, when nobody does. */
export function configureDelivery(world: World, deliveryMs: number): void {
  world.state(eventsSlot).deliveryMs = deliveryMs;
}

/** Operations that are data events, not management events. */
const dataOperations = new Set([
  "s3:PutObject",
  "s3:DeleteObject",
  "s3:DeleteObjects",
  "s3:CopyObject",
]);

/** Notes the event of a write. */
export function recordEvent(world: World, answered: AnsweredCall): void {
  const { call, caller } = answered;
  if (dataOperations.has(`${call.service}:${call.operation}`) || caller.account === "") return;
  const state = world.state(eventsSlot);
  const event = cloudTrailEventOf(call, answered);
  state.events.push({
    account: call.account,
    region: event.awsRegion ?? call.region,
    at: call.at,
    json: JSON.stringify(event),
  });
  state.undelivered += 1;
  if (state.events.length > mostKept * 2) {
    state.events.splice(0, state.events.length - mostKept);
    state.undelivered = Math.min(state.undelivered, mostKept);
  }
}

const lookupEvents: Served<LookupEventsCommandInput, LookupEventsCommandOutput> = (
  { world, caller, region },
  input,
) => {
  const attributes = input.LookupAttributes ?? [];
  const [attribute] = attributes;
  if (attributes.length > 1) {
    throw new ServiceError(
      "InvalidLookupAttributesException",
      "You may only specify one lookup attribute.",
    );
  }
  const size = input.MaxResults ?? 50;
  if (size < 1 || size > 50) {
    throw new ServiceError("InvalidMaxResultsException", "MaxResults must be between 1 and 50.");
  }
  const from = input.StartTime?.getTime() ?? Number.NEGATIVE_INFINITY;
  const to = input.EndTime?.getTime() ?? Number.POSITIVE_INFINITY;
  if (from > to) {
    throw new ServiceError("InvalidTimeRangeException", "Start time must be before end time.");
  }
  const start = startOf(input.NextToken);
  const found = world
    .state(eventsSlot)
    .events.filter((event) => event.account === caller.account && event.region === region)
    .filter(({ at }) => at >= from && at <= to)
    .reverse()
    .map(({ json }) => eventOutput(json))
    .filter((event) => attribute === undefined || matches(event, attribute));
  const end = start + size;
  return {
    Events: found.slice(start, end),
    ...(end < found.length ? { NextToken: Buffer.from(`events:${end}`).toString("base64") } : {}),
  };
};

function eventOutput(json: string): Event {
  const event = JSON.parse(json) as CloudTrailEvent;
  const { arn = "", accessKeyId } = event.userIdentity ?? {};
  return {
    EventId: event.eventID,
    EventName: event.eventName,
    ReadOnly: String(event.readOnly),
    ...(accessKeyId === undefined ? {} : { AccessKeyId: accessKeyId }),
    EventTime: new Date(event.eventTime ?? 0),
    EventSource: event.eventSource,
    Username: arn.slice(arn.lastIndexOf("/") + 1),
    Resources: [],
    CloudTrailEvent: json,
  };
}

function matches(
  event: Event,
  {
    AttributeKey,
    AttributeValue,
  }: { AttributeKey?: string | undefined; AttributeValue?: string | undefined },
): boolean {
  const members: Readonly<Record<string, string | undefined>> = {
    EventId: event.EventId,
    EventName: event.EventName,
    ReadOnly: event.ReadOnly,
    AccessKeyId: event.AccessKeyId,
    EventSource: event.EventSource,
    Username: event.Username,
  };
  return members[AttributeKey ?? ""] === AttributeValue;
}

function startOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const start = /^events:(\d+)$/.exec(Buffer.from(token, "base64").toString("utf8"))?.[1];
  if (start !== undefined) return Number(start);
  throw new ServiceError("InvalidNextTokenException", "A token was expired or incorrect.");
}

/** Operations on the event history. */
export const eventHandlers: Readonly<Record<string, AnyHandler>> = { LookupEvents: lookupEvents };
