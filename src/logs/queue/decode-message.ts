import type { CloudTrailEvent } from "../../core/event.ts";
import { isJsonObject, type JsonObject } from "../../core/json.ts";
import { eventBridgeFacts } from "../../data/eventbridge.ts";
import type { RecordFilter } from "../read/select-records.ts";

/** An object of S3 that a message tells of. */
export interface NotedObject {
  readonly bucket: string;
  readonly key: string;
  readonly size?: number;
  readonly eTag?: string;
}

/** What a message of a queue holds. */
export type DecodedMessage =
  | {
      readonly kind: "events";
      readonly events: readonly CloudTrailEvent[];
      /** Events that are not wanted, and were not parsed. */
      readonly passed?: number;
    }
  | { readonly kind: "objects"; readonly objects: readonly NotedObject[] }
  /** S3 says that it can send: there is nothing to do. */
  | { readonly kind: "test" }
  /** It was understood, and tells of nothing that we read. */
  | { readonly kind: "other"; readonly reason: string }
  | { readonly kind: "unreadable"; readonly reason: string };

/**
 * Reads a message: an event of EventBridge, a notification of S3 (its own, by EventBridge, or in a
 * message of SNS), CloudTrail's own notification by SNS, or a record of CloudTrail as it is. With `wanted`,
 * events that are not are only counted.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/configure-sns-notifications-for-cloudtrail.html
 */
export function decodeMessage(body: string, wanted?: RecordFilter): DecodedMessage {
  if (wanted !== undefined && isUnwanted(body, wanted)) {
    return { kind: "events", events: [], passed: 1 };
  }
  return decode(body, 0);
}

const nameKey = '"eventName"';
const envelopes = eventBridgeFacts.cloudTrailDetailTypes.map((type) => `"detail-type":"${type}"`);

/**
 * Whether a message is an event of EventBridge, as it writes them, that is not wanted: told from its text,
 * many times quicker than by parsing it. All names in it are looked at, those too that stand within what
 * a call was made with. As in files, what is broken and not wanted is not noticed.
 */
function isUnwanted(body: string, { named, containing }: RecordFilter): boolean {
  if (!body.startsWith("{") || !body.endsWith("}")) return false;
  if (!envelopes.some((envelope) => body.includes(envelope))) return false;
  let names = 0;
  for (let at = body.indexOf(nameKey); at !== -1; at = body.indexOf(nameKey, at + 1)) {
    const start = at + nameKey.length;
    if (!body.startsWith(':"', start)) return false;
    const name = body.slice(start + 2, body.indexOf('"', start + 2));
    if (name.includes("\\") || named.has(name)) return false;
    names += 1;
  }
  return names > 0 && !containing.some((text) => body.includes(text));
}

function decode(text: string, depth: number): DecodedMessage {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return { kind: "unreadable", reason: "it is no JSON" };
  }
  if (!isJsonObject(message)) return { kind: "unreadable", reason: "it is no JSON object" };
  if (message.Type === "Notification" && typeof message.Message === "string") {
    if (depth > 0) return { kind: "unreadable", reason: "it is a message within a message" };
    return decode(message.Message, depth + 1);
  }
  if (message.Event === "s3:TestEvent") return { kind: "test" };
  if (typeof message["detail-type"] === "string") return decodeEnvelope(message);
  if (typeof message.s3Bucket === "string" && Array.isArray(message.s3ObjectKey)) {
    const bucket = message.s3Bucket;
    const keys = message.s3ObjectKey.filter((key) => typeof key === "string");
    return objects(keys.map((key) => ({ bucket, key })));
  }
  if (Array.isArray(message.Records)) return decodeRecords(message.Records);
  if (isEvent(message)) return { kind: "events", events: [message] };
  return { kind: "unreadable", reason: "it is no event of CloudTrail and no notification of S3" };
}

function decodeEnvelope(message: JsonObject): DecodedMessage {
  const { detail, source } = message;
  const type = String(message["detail-type"]);
  if (!isJsonObject(detail)) return { kind: "unreadable", reason: `\`${type}\` has no detail` };
  // Looked at first: calls to S3 come from the same source as its notifications.
  if (isEvent(detail)) return { kind: "events", events: [detail] };
  if (source === "aws.s3") {
    if (type !== "Object Created") return { kind: "other", reason: `S3 tells of \`${type}\`` };
    const { bucket, object } = detail;
    const name = isJsonObject(bucket) ? bucket.name : undefined;
    if (typeof name !== "string" || !isJsonObject(object) || typeof object.key !== "string") {
      return { kind: "unreadable", reason: "the notification names no object" };
    }
    // EventBridge, unlike S3 itself, gives keys as they are.
    return objects([noted(name, object.key, object.size, object.etag)]);
  }
  return { kind: "other", reason: `\`${type}\` is no event of CloudTrail` };
}

function decodeRecords(records: readonly unknown[]): DecodedMessage {
  const found: NotedObject[] = [];
  const events: CloudTrailEvent[] = [];
  let others = 0;
  for (const record of records) {
    if (!isJsonObject(record)) return { kind: "unreadable", reason: "a record is no JSON object" };
    if (isEvent(record) && !isJsonObject(record.s3)) {
      events.push(record);
      continue;
    }
    const { s3 } = record;
    const bucket = isJsonObject(s3) && isJsonObject(s3.bucket) ? s3.bucket.name : undefined;
    const object = isJsonObject(s3) ? s3.object : undefined;
    if (typeof bucket !== "string" || !isJsonObject(object) || typeof object.key !== "string") {
      return { kind: "unreadable", reason: "the notification names no object" };
    }
    if (!String(record.eventName).startsWith("ObjectCreated")) others += 1;
    else found.push(noted(bucket, decodedKey(object.key), object.size, object.eTag));
  }
  if (events.length > 0) return { kind: "events", events };
  if (found.length > 0) return objects(found);
  return { kind: "other", reason: others > 0 ? "no object was made" : "there are no records" };
}

function objects(found: readonly NotedObject[]): DecodedMessage {
  return found.length === 0
    ? { kind: "other", reason: "it names no object" }
    : { kind: "objects", objects: found };
}

function noted(bucket: string, key: string, size: unknown, eTag: unknown): NotedObject {
  return {
    bucket,
    key,
    ...(typeof size === "number" ? { size } : {}),
    ...(typeof eTag === "string" ? { eTag } : {}),
  };
}

/** S3 writes keys as forms do: percent signs, and `+` for a blank. */
function decodedKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll("+", " "));
  } catch {
    return key;
  }
}

function isEvent(value: JsonObject): value is JsonObject & CloudTrailEvent {
  return typeof value.eventName === "string" && typeof value.eventSource === "string";
}
