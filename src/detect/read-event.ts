import type { CloudTrailEvent } from "../core/event.ts";
import { isJsonObject, type Json } from "../core/json.ts";

/**
 * A member of a value, step by step. Services differ in how they write a parameter's first letters
 * (`dBSnapshotIdentifier`, `PublicAccessBlockConfiguration`), so names are compared without case
 * where no member has the very name. `undefined` where a step leads nowhere.
 */
export function member(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const name of path) {
    if (!isJsonObject(here)) return undefined;
    here = Object.hasOwn(here, name) ? here[name] : withoutCase(here, name);
  }
  return here;
}

function withoutCase(value: Readonly<Record<string, unknown>>, name: string): unknown {
  const wanted = name.toLowerCase();
  const key = Object.keys(value).find((one) => one.toLowerCase() === wanted);
  return key === undefined ? undefined : value[key];
}

/** A request parameter. */
export function request(event: CloudTrailEvent, ...path: readonly string[]): unknown {
  return member(event.requestParameters, ...path);
}

/** A request parameter that is a text; numbers are written out, the empty text is none. */
export function requestText(
  event: CloudTrailEvent,
  ...path: readonly string[]
): string | undefined {
  return text(request(event, ...path));
}

/** A request parameter that is yes or no. */
export function requestFlag(
  event: CloudTrailEvent,
  ...path: readonly string[]
): boolean | undefined {
  return flag(request(event, ...path));
}

/** A request parameter that is a list. */
export function requestList(
  event: CloudTrailEvent,
  ...path: readonly string[]
): readonly unknown[] {
  return list(request(event, ...path));
}

/** The texts of a request parameter that is a list. */
export function requestTexts(event: CloudTrailEvent, ...path: readonly string[]): string[] {
  return texts(request(event, ...path));
}

/** A text; numbers are written out, the empty text is none. */
export function text(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" ? String(value) : undefined;
}

/** Yes or no; some services log flags as texts. */
export function flag(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return undefined;
  const word = value.toLowerCase();
  return word === "true" ? true : word === "false" ? false : undefined;
}

/** A list: as it is, under EC2's `items`, or of one where XML did not say that it is a list. */
export function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value === undefined || value === null || value === "") return [];
  const items = member(value, "items");
  return Array.isArray(items) ? items : [value];
}

/** The texts of a list. */
export function texts(value: unknown): string[] {
  return list(value).flatMap((one) => text(one) ?? []);
}

/** A value as JSON that evidence can hold; what JSON does not have is left out. */
export function json(value: unknown): Json {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value) ?? "null") as Json);
}

/** When it happened, in milliseconds since the epoch; `undefined` when the event does not say. */
export function eventTimeMs(event: CloudTrailEvent): number | undefined {
  if (typeof event.eventTime !== "string") return undefined;
  const time = Date.parse(event.eventTime);
  return Number.isNaN(time) ? undefined : time;
}

/** How a call ended. */
export type CallOutcome = "success" | "denied" | "failed";

const denial =
  /AccessDenied|Unauthorized|NotAuthorized|Forbidden|AuthFailure|OptInRequired|SubscriptionRequired/i;

/** How a call ended: by its error code, or by what sign-in answered under the event's own name. */
export function outcomeOf(event: CloudTrailEvent): CallOutcome {
  const code = text(event.errorCode);
  if (code !== undefined) return denial.test(code) ? "denied" : "failed";
  if (event.eventSource !== "signin.amazonaws.com") return "success";
  const answer = text(member(event.responseElements, text(event.eventName) ?? ""));
  return answer === "Failure" ? "failed" : "success";
}

/** The account that the event was logged in, else the caller's. */
export function accountOf(event: CloudTrailEvent): string | undefined {
  return text(event.recipientAccountId) ?? text(member(event.userIdentity, "accountId"));
}

/** The Region of an event, for messages. */
export function regionOf(event: CloudTrailEvent): string {
  return text(event.awsRegion) ?? "a Region";
}

/** Service and operation of an event, as rules and calls are found by; what is no text is none. */
export function eventNameKey(event: CloudTrailEvent): string {
  return `${text(event.eventSource) ?? ""} ${text(event.eventName) ?? ""}`;
}
