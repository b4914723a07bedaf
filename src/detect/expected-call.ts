import { digest } from "../core/digest.ts";
import type { CloudTrailEvent } from "../core/event.ts";
import type { AccountId } from "../core/identifiers.ts";
import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import { accountOf, eventNameKey, eventTimeMs, list, member, request } from "./read-event.ts";

/** A call that orgrail's own apply made, as its journal tells. */
export interface ExpectedCall {
  /** Such as `organizations.amazonaws.com`. */
  readonly eventSource: string;
  /** The API operation. */
  readonly eventName: string;
  /** What was sent, by the API's names, ids filled in. */
  readonly input: JsonObject;
  /** The account in which it was called; absent where the journal does not say. */
  readonly account?: AccountId;
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

/** What CloudTrail writes instead of a value that it hides; other words may be a caller's own. */
const hidden =
  /^(?:HIDDEN_DUE_TO_SECURITY_REASONS|SENSITIVE_DATA_REMOVED|<sensitiveDataRemoved>|\*{3,})$/;

/**
 * Makes the calls findable. An event is one of them when service, operation, account, time and every
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
          ({ input, account, fromMs, toMs }) =>
            time >= fromMs - skewMs &&
            time <= toMs + skewMs &&
            (account === undefined || account === accountOf(event)) &&
            sentAs(event, input),
        );
    },
  };
}

function sentAs(event: CloudTrailEvent, input: JsonObject): boolean {
  // A call that was denied is logged without its parameters: nothing says that it is ours.
  if (!isJsonObject(event.requestParameters)) return Object.keys(input).length === 0;
  return Object.entries(input).every(([name, value]) =>
    isSame(value, request(event, s3Names[name] ?? name) ?? request(event, name)),
  );
}

/** What Amazon S3 logs otherwise than it is sent. */
const s3Names: Readonly<Record<string, string>> = { Bucket: "bucketName", Policy: "bucketPolicy" };

function isSame(sent: Json, logged: unknown): boolean {
  if (typeof logged === "string" && hidden.test(logged)) return true;
  if (sent === null) return logged === undefined || logged === null;
  if (typeof sent === "string" && isJsonObject(logged)) return isSameDocument(sent, logged);
  if (Array.isArray(sent)) {
    return (
      Array.isArray(logged) &&
      logged.length === sent.length &&
      sent.every((one, index) => isSame(one, logged[index]))
    );
  }
  if (isJsonObject(sent)) {
    return Object.entries(sent).every(([name, value]) => {
      const one = member(logged, name);
      return one === undefined && Array.isArray(value)
        ? isSame(value, inXml(logged, name))
        : isSame(value, one);
    });
  }
  return sent === logged;
}

/** A list as XML has it: under the name of one of its members. */
function inXml(logged: unknown, name: string): unknown {
  const one = member(logged, name.replace(/s$/, ""));
  return one === undefined ? undefined : list(one);
}

/** A document that was sent as text and is logged as what it says. */
function isSameDocument(sent: string, logged: Json): boolean {
  try {
    return digest(JSON.parse(sent)) === digest(logged);
  } catch {
    return false;
  }
}
