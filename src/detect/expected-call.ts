import type { CloudTrailEvent } from "../core/event.ts";
import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import { eventNameKey, eventTimeMs, member, request } from "./read-event.ts";

/** A call that orgrail's own apply made, as its journal tells. */
export interface ExpectedCall {
  /** Such as `organizations.amazonaws.com`. */
  readonly eventSource: string;
  /** The API operation. */
  readonly eventName: string;
  /** What was sent, by the API's names, ids filled in. */
  readonly input: JsonObject;
  /** When the call was made, in milliseconds since the epoch. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Why, for people: "orgrail apply of 2026-11-22, `policy:...`". */
  readonly reason: string;
}

/** Finds the call of orgrail's that an event tells of. */
export interface ExpectedCalls {
  find(event: CloudTrailEvent): ExpectedCall | undefined;
}

/** How far CloudTrail's clock and ours may be apart. */
const skewMs = 120_000;

/** What CloudTrail writes instead of a value that it hides. */
const hidden = /^(HIDDEN|SENSITIVE|\*+$)/i;

/**
 * Makes the calls findable. An event is one of them when service, operation, time and every
 * parameter that both know are the same: the same change made by somebody else at another time, or
 * of another thing, is not expected.
 */
export function expectedCalls(calls: readonly ExpectedCall[]): ExpectedCalls {
  const byName = new Map<string, ExpectedCall[]>();
  for (const call of calls) {
    const key = `${call.eventSource} ${call.eventName}`;
    const others = byName.get(key);
    if (others === undefined) byName.set(key, [call]);
    else others.push(call);
  }
  return {
    find: (event) => {
      const time = eventTimeMs(event);
      if (time === undefined || byName.size === 0) return undefined;
      return byName
        .get(eventNameKey(event))
        ?.find(
          ({ input, fromMs, toMs }) =>
            time >= fromMs - skewMs && time <= toMs + skewMs && sentAs(event, input),
        );
    },
  };
}

function sentAs(event: CloudTrailEvent, input: JsonObject): boolean {
  // A call that was denied is logged without its parameters: nothing says that it is ours.
  if (!isJsonObject(event.requestParameters)) return Object.keys(input).length === 0;
  return Object.entries(input).every(([name, value]) => isSame(value, request(event, name)));
}

function isSame(sent: Json, logged: unknown): boolean {
  if (typeof logged === "string" && hidden.test(logged)) return true;
  if (Array.isArray(sent)) {
    return (
      Array.isArray(logged) &&
      logged.length === sent.length &&
      sent.every((one, index) => isSame(one, logged[index]))
    );
  }
  if (isJsonObject(sent)) {
    return Object.entries(sent).every(([name, value]) => isSame(value, member(logged, name)));
  }
  return sent === logged;
}
