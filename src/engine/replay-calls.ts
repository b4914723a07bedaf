import { type CallGroups, callColumns } from "../core/call-groups.ts";
import type { Gap } from "../core/read.ts";
import { callOf } from "../impact/call.ts";
import { callOfColumns, type GroupColumn } from "../impact/call-of-columns.ts";
import type { RecordColumn } from "../impact/record-columns.ts";
import type { OpenCalls, Replay } from "../impact/replay.ts";
import { type LakeRange, literal } from "../logs/duckdb/lake-views.ts";
import type { LakeQuery } from "../logs/duckdb/open-lake-query.ts";
import type { Lake } from "../logs/lake/lake.ts";
import { readLakeKeys } from "../logs/lake/read-keys.ts";
import { readEvents } from "../logs/read/read-events.ts";
import { classifyError } from "../logs/record/error-class.ts";
import type { LogSource } from "../logs/source/log-source.ts";
import { gapsOfFile, unreadGap } from "./file-gaps.ts";

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

/** Gives the events of all sources to sinks, each once. */
export async function replayLogs(
  sinks: readonly Replay[],
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
      onUnread: (object, error) => gaps.push(unreadGap(object.name, error)),
      ...(threads === undefined ? {} : { threads }),
      ...(signal === undefined ? {} : { signal }),
    });
    for await (const batch of batches) {
      for (const event of batch.events) {
        const time = Date.parse(String(event.eventTime));
        if (time < sinceMs || time > untilMs || !isNew(event.eventID)) continue;
        const { errorCode, errorMessage } = event;
        const call = callOf(event, classifyError(textOf(errorCode), textOf(errorMessage)));
        for (const sink of sinks) sink.add(call);
        events++;
      }
      for (const gap of gapsOfFile(batch)) gaps.push(gap);
      options.onProgress?.(++files, events);
    }
    for (const gap of source.gaps) gaps.push(gap);
  }
  return { files, events, gaps };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
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

/** What a lake is replayed for. */
export interface LakeReplayOptions extends LakeRange {
  readonly signal?: AbortSignal;
  /** Opens the lake for SQL; asked for only where records have to be looked into. */
  readonly openQuery: () => Promise<LakeQuery>;
}

/** What of a lake was replayed. */
export interface LakeReplayed extends Replayed {
  /** Days of the first and the last event, `YYYY-MM-DD`; absent where the lake has none. */
  readonly firstDay?: string;
  readonly lastDay?: string;
  /** Whether records were looked into, for keys alone left the answer open. */
  readonly readRecords: boolean;
}

/**
 * Replays a lake: its table of keys, which holds no texts twice, and of the events that keys leave
 * open what decides of their records, grouped. The answer is that of all its events one by one.
 */
export async function replayLake(
  sinks: readonly Replay[],
  lake: Lake,
  options: LakeReplayOptions,
): Promise<LakeReplayed> {
  let events = 0;
  let firstDay: string | undefined;
  let lastDay: string | undefined;
  for await (const keys of readLakeKeys(lake, options)) {
    options.signal?.throwIfAborted();
    events += callsOf(keys.groups);
    for (const sink of sinks) sink.addGroups(keys.groups);
    if (firstDay === undefined || keys.firstDay < firstDay) firstDay = keys.firstDay;
    if (lastDay === undefined || keys.lastDay > lastDay) lastDay = keys.lastDay;
  }
  const open = openOf(sinks);
  if (open.length > 0) {
    const query = await options.openQuery();
    try {
      for (const group of open) await replayRecords(sinks, query, group);
    } finally {
      await query.close();
    }
  }
  return {
    files: 0,
    events,
    gaps: [],
    ...(firstDay === undefined ? {} : { firstDay }),
    ...(lastDay === undefined ? {} : { lastDay }),
    readRecords: open.length > 0,
  };
}

function callsOf({ counts, size }: CallGroups): number {
  let calls = 0;
  for (let row = 0; row < size; row++) calls += counts[row] as number;
  return calls;
}

/** Events of which the same columns decide. */
interface OpenGroup {
  readonly columns: readonly RecordColumn[];
  readonly events: readonly OpenCalls[];
}

/** What sinks leave open, each event once, by what decides. */
function openOf(sinks: readonly Replay[]): readonly OpenGroup[] {
  const events = new Map<
    string,
    { readonly call: OpenCalls; readonly columns: Set<RecordColumn> }
  >();
  for (const call of sinks.flatMap((sink) => sink.open())) {
    const id = JSON.stringify([call.eventSource, call.eventName]);
    const held = events.get(id) ?? { call, columns: new Set() };
    events.set(id, held);
    for (const column of call.columns) held.columns.add(column);
  }
  const groups = new Map<
    string,
    { readonly columns: RecordColumn[]; readonly events: OpenCalls[] }
  >();
  for (const { call, columns } of events.values()) {
    const sorted = [...columns].sort();
    const held = groups.get(sorted.join()) ?? { columns: sorted, events: [] };
    groups.set(sorted.join(), held);
    held.events.push(call);
  }
  return [...groups.values()];
}

const time = (sql: string): string => `strftime(${sql}, '%Y-%m-%dT%H:%M:%SZ')`;

/** Columns of the lake's events by the columns that calls are grouped by. */
const sqlOf: Readonly<Record<GroupColumn, string>> = {
  recipientAccountId: '"recipientAccountId"',
  awsRegion: '"awsRegion"',
  eventSource: '"eventSource"',
  eventName: '"eventName"',
  eventType: '"eventType"',
  eventCategory: '"eventCategory"',
  identityType: '"identityType"',
  principal: `coalesce("sessionIssuerArn", "identityArn")`,
  principalAccountId: '"identityAccountId"',
  invokedBy: '"identityInvokedBy"',
  errorClass: '"errorCode"',
  eventTime: time('"eventTime"'),
  // Only denials are of interest, and others would keep all calls apart.
  errorMessage: `CASE WHEN "errorMessage" LIKE '%control policy%' THEN "errorMessage" END`,
  requestParameters: '"requestParameters"',
  resources: '"resources"',
  sourceIPAddress: '"sourceIPAddress"',
  userAgent: '"userAgent"',
  vpcEndpointId: '"vpcEndpointId"',
  identityPrincipalId: '"identityPrincipalId"',
  identityUserName: '"identityUserName"',
  accessKeyKind: 'left("identityAccessKeyId", 4)',
  sessionMfaAuthenticated: '"sessionMfaAuthenticated"',
  sessionCreationDate: '"sessionCreationDate"',
};

async function replayRecords(
  sinks: readonly Replay[],
  query: LakeQuery,
  { columns, events }: OpenGroup,
): Promise<void> {
  const names = new Map<string, string[]>();
  for (const { eventSource, eventName } of events) {
    names.set(eventSource, [...(names.get(eventSource) ?? []), eventName]);
  }
  const where = [...names]
    .map(
      ([source, own]) =>
        `(coalesce("eventSource", '') = ${literal(source)} AND coalesce("eventName", '') IN (${own.map(literal).join(", ")}))`,
    )
    .join(" OR ");
  // The message tells which kind of policy denied; it is looked at here, and not kept.
  const message = `CASE WHEN "errorMessage" LIKE '%control policy%' THEN "errorMessage" END`;
  const grouped: readonly GroupColumn[] = [...callColumns, ...columns];
  const selected = [...grouped.map((column) => sqlOf[column]), message];
  const answer = await query.run(
    `SELECT ${selected.join(", ")}, count(*)::DOUBLE, ${time('min("eventTime")')}, ` +
      `${time('max("eventTime")')} FROM events WHERE ${where} ` +
      `GROUP BY ${selected.map((_, index) => index + 1).join(", ")}`,
  );
  const place = new Map(grouped.map((column, index) => [column, index]));
  for await (const rows of answer.rows()) {
    for (const row of rows) {
      const text = (column: GroupColumn): string | undefined => {
        const value = row[place.get(column) ?? -1];
        return typeof value === "string" ? value : undefined;
      };
      const [denial, count, first, last] = row.slice(grouped.length);
      const errorClass = classifyError(
        text("errorClass"),
        typeof denial === "string" ? denial : undefined,
      );
      const call = callOfColumns(
        (column) => (column === "errorClass" ? errorClass : text(column)),
        {
          count: Number(count),
          ...(typeof first === "string" ? { first } : {}),
          ...(typeof last === "string" ? { last } : {}),
        },
      );
      // Keys that needed no record were counted before.
      for (const sink of sinks) if (sink.needsRecord(call)) sink.add(call);
    }
  }
}
