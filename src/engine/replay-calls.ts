import { gapOf } from "../aws/attempt-read.ts";
import { AwsError } from "../aws/aws-error.ts";
import type { CloudTrailEvent, EventIdentity } from "../core/event.ts";
import type { Json } from "../core/json.ts";
import type { Gap } from "../core/read.ts";
import { type Call, type CallKey, callOf, type Outcome } from "../impact/call.ts";
import { literal } from "../logs/duckdb/lake-views.ts";
import type { LakeQuery } from "../logs/duckdb/open-lake-query.ts";
import { keyTexts } from "../logs/lake/key-collapser.ts";
import { readEvents } from "../logs/read/read-events.ts";
import type { LogSource } from "../logs/source/log-source.ts";
import { reasonOf } from "../store/atomic-file.ts";

/** Takes calls, one after the other. */
export interface CallSink {
  add(call: Call): void;
  /** Whether the whole record of a call, given by its key, is wanted. */
  needsRecord?(call: Call): boolean;
}

/** What of logs is replayed. */
export interface ReplayOptions {
  /** Events before or after are passed over; those without a time never are. */
  readonly sinceMs?: number;
  readonly untilMs?: number;
  readonly threads?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (files: number, events: number) => void;
}

/** What was replayed. */
export interface Replayed {
  readonly files: number;
  readonly events: number;
  /** What could not be read; what it holds is not known. */
  readonly gaps: readonly Gap[];
}

/** Ids of this many events are remembered, at least, to give each event once. */
const rememberedIds = 1_000_000;

/** Gives the events of all sources to a sink, each once. */
export async function replayLogs(
  sink: CallSink,
  sources: readonly LogSource[],
  options: ReplayOptions = {},
): Promise<Replayed> {
  const { signal, threads, sinceMs = Number.NEGATIVE_INFINITY, untilMs = Infinity } = options;
  const gaps: Gap[] = [];
  const isNew = idMemory();
  let files = 0;
  let events = 0;
  for (const source of sources) {
    const batches = readEvents(source, {
      onUnread: (object, error) =>
        gaps.push(
          error instanceof AwsError
            ? gapOf(error, object.name)
            : fileGap(object.name, reasonOf(error)),
        ),
      ...(threads === undefined ? {} : { threads }),
      ...(signal === undefined ? {} : { signal }),
    });
    for await (const batch of batches) {
      for (const event of batch.events) {
        const time = Date.parse(String(event.eventTime));
        if (time < sinceMs || time > untilMs || !isNew(event.eventID)) continue;
        sink.add(callOf(event));
        events++;
      }
      const { object, rejected, problem } = batch;
      if (problem !== undefined) gaps.push(fileGap(object.name, problem));
      for (const { reason } of rejected) gaps.push(fileGap(object.name, reason));
      options.onProgress?.(++files, events);
    }
    gaps.push(...source.gaps);
  }
  return { files, events, gaps };
}

/** Two generations of ids: memory is bounded, and what lies near in the logs is still found. */
function idMemory(): (id: unknown) => boolean {
  let young = new Set<string>();
  let old = new Set<string>();
  return (id) => {
    if (typeof id !== "string") return true;
    if (young.has(id) || old.has(id)) return false;
    if (young.size >= rememberedIds) {
      old = young;
      young = new Set();
    }
    young.add(id);
    return true;
  };
}

const time = (sql: string): string => `strftime(${sql}, '%Y-%m-%dT%H:%M:%SZ')`;

/**
 * Gives the calls of a lake to a sink: by their keys, and record by record those of which the sink
 * wants the record.
 */
export async function replayLake(sink: CallSink, query: LakeQuery): Promise<Replayed> {
  const columns = keyTexts.map((name) => `"${name}"`).join(", ");
  const keys = await query.run(
    `SELECT ${columns}, "errorClass", sum("count")::DOUBLE, ${time('min("firstTime")')}, ` +
      `${time('max("lastTime")')} FROM keys GROUP BY ${columns}, "errorClass"`,
  );
  const open = new Map<string, Set<string>>();
  let events = 0;
  for await (const rows of keys.rows()) {
    for (const row of rows) {
      const call = callOfRow(row);
      events += call.count;
      if (sink.needsRecord?.(call) !== true) {
        sink.add(call);
        continue;
      }
      const { eventSource = "", eventName = "" } = call.key;
      const names = open.get(eventSource) ?? new Set();
      open.set(eventSource, names.add(eventName));
    }
  }
  if (open.size > 0) await replayRecords(sink, query, open);
  return { files: 0, events, gaps: [] };
}

function callOfRow(row: readonly unknown[]): Call {
  const key: Record<string, string> = {};
  for (const [index, name] of keyTexts.entries()) {
    const text = row[index];
    if (typeof text === "string" && text !== "") key[name] = text;
  }
  const [outcome, count, first, last] = row.slice(keyTexts.length);
  return {
    key: { ...(key as Partial<CallKey>), outcome: outcome as Outcome },
    count: Number(count),
    ...(typeof first === "string" ? { first } : {}),
    ...(typeof last === "string" ? { last } : {}),
  };
}

const recordColumns = [
  "eventSource",
  "eventName",
  "eventType",
  "eventCategory",
  "awsRegion",
  "recipientAccountId",
  "sourceIPAddress",
  "userAgent",
  "errorCode",
  "errorMessage",
  "vpcEndpointId",
  "requestParameters",
  "resources",
  "identityType",
  "identityPrincipalId",
  "identityArn",
  "identityAccountId",
  "identityAccessKeyId",
  "identityUserName",
  "identityInvokedBy",
  "sessionIssuerArn",
  "sessionIssuerAccountId",
  "sessionMfaAuthenticated",
  "sessionCreationDate",
] as const;

type RecordColumn = (typeof recordColumns)[number];

async function replayRecords(
  sink: CallSink,
  query: LakeQuery,
  open: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<void> {
  const where = [...open]
    .map(
      ([source, names]) =>
        `(coalesce("eventSource", '') = ${literal(source)} AND coalesce("eventName", '') IN (${[...names].map(literal).join(", ")}))`,
    )
    .join(" OR ");
  const columns = recordColumns.map((name) => `"${name}"`).join(", ");
  const answer = await query.run(
    `SELECT ${time('"eventTime"')}, ${columns} FROM events WHERE ${where}`,
  );
  for await (const rows of answer.rows()) {
    for (const row of rows) {
      const call = callOf(eventOfRow(row));
      const { event: _, ...keyOnly } = call;
      // Keys that needed no record were counted before.
      if (sink.needsRecord?.(keyOnly) === true) sink.add(call);
    }
  }
}

function eventOfRow(row: readonly unknown[]): CloudTrailEvent {
  const values = new Map(recordColumns.map((name, index) => [name, row[index + 1]]));
  const text = (name: RecordColumn): string | undefined => {
    const value = values.get(name);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const json = (name: RecordColumn): Json | undefined => {
    const value = text(name);
    return value === undefined ? undefined : (JSON.parse(value) as Json);
  };
  const issuerArn = text("sessionIssuerArn");
  const hasSession = issuerArn !== undefined || text("sessionCreationDate") !== undefined;
  const identity = present({
    type: text("identityType"),
    principalId: text("identityPrincipalId"),
    arn: text("identityArn"),
    accountId: text("identityAccountId"),
    accessKeyId: text("identityAccessKeyId"),
    userName: text("identityUserName"),
    invokedBy: text("identityInvokedBy"),
    sessionContext: hasSession
      ? {
          sessionIssuer: present({ arn: issuerArn, accountId: text("sessionIssuerAccountId") }),
          attributes: present({
            mfaAuthenticated: text("sessionMfaAuthenticated"),
            creationDate: text("sessionCreationDate"),
          }),
        }
      : undefined,
  }) as EventIdentity;
  return present({
    eventTime: typeof row[0] === "string" ? row[0] : undefined,
    eventSource: text("eventSource"),
    eventName: text("eventName"),
    eventType: text("eventType"),
    eventCategory: text("eventCategory"),
    awsRegion: text("awsRegion"),
    recipientAccountId: text("recipientAccountId"),
    sourceIPAddress: text("sourceIPAddress"),
    userAgent: text("userAgent"),
    errorCode: text("errorCode"),
    errorMessage: text("errorMessage"),
    vpcEndpointId: text("vpcEndpointId"),
    requestParameters: json("requestParameters"),
    resources: json("resources"),
    userIdentity: identity,
  }) as CloudTrailEvent;
}

function present(members: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function fileGap(subject: string, message: string): Gap {
  return { kind: "failed", operation: "file:Read", subject, message };
}
