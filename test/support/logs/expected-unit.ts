import { eventColumns } from "../../../src/logs/lake/event-columns.ts";
import type { keyTexts } from "../../../src/logs/lake/key-texts.ts";
import { classifyError } from "../../../src/logs/record/error-class.ts";
import { findWritten, type WrittenRecord, writtenText } from "./written-records.ts";

/** A file of a unit: its text, and the records in it, whole or cut off. */
export interface WrittenLog {
  readonly text: string;
  /** What the file's name says. */
  readonly account?: string;
  readonly records: readonly (WrittenRecord & { readonly isCut: boolean })[];
}

/** A row by the names of its columns. */
export type ExpectedRow = Readonly<Record<string, string | number | boolean | null>>;

/** What is to become of a unit. */
export interface ExpectedUnit {
  /** By account and day, in the order in which they came. */
  readonly rows: ReadonlyMap<string, readonly ExpectedRow[]>;
  readonly keys: readonly ExpectedRow[];
  /** How the rejected parts begin. */
  readonly rejected: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

const dayMs = 86_400_000;

/** The values of a row's columns by what is written. */
export function expectedRow(record: WrittenRecord): ExpectedRow {
  const row: Record<string, string | number | boolean | null> = {};
  for (const { name, field, kind } of eventColumns) {
    const raw = findWritten(record, field);
    if (kind === "time") row[name] = timeOf(raw);
    else if (kind === "text") row[name] = writtenText(raw);
    else if (kind === "boolean") row[name] = truthOf(raw);
    else row[name] = raw === undefined || raw === "null" ? null : raw;
  }
  const response = row.responseElements;
  const most = row.eventSource === "organizations.amazonaws.com" ? 65_536 : 1_024;
  const isKept =
    typeof response === "string" &&
    Buffer.byteLength(response) <= most &&
    !response.includes('"sessionToken"');
  return isKept ? row : { ...row, responseElements: null };
}

function timeOf(raw: string | undefined): number {
  if (raw?.startsWith('"') !== true) return Number.NaN;
  const text = JSON.parse(raw) as string;
  return /^\d{4}-\d\d-\d\d(T|$)/.test(text) ? Date.parse(text) : Number.NaN;
}

function truthOf(raw: string | undefined): boolean | null {
  if (raw === "true" || raw?.startsWith('"t') === true) return true;
  return raw === "false" || raw?.startsWith('"f') === true ? false : null;
}

/**
 * Reads logs slowly.
 *
 * @param there by account and day: ids of the events that the lake has
 */
export function expectUnit(
  logs: readonly WrittenLog[],
  there: ReadonlyMap<string, readonly string[]>,
): ExpectedUnit {
  const rows = new Map<string, ExpectedRow[]>();
  const keys = new Map<string, Record<string, string | number | null>>();
  const rejected: string[] = [];
  const ids = new Set<string>();
  let records = 0;
  let events = 0;
  let duplicates = 0;
  let insights = 0;
  let unknownVersions = 0;
  let withoutIdentity = 0;

  const addKey = (row: ExpectedRow, timeMs: number): void => {
    const text = (name: string): string | null => row[name] as string | null;
    const texts: Record<(typeof keyTexts)[number], string | null> = {
      recipientAccountId: text("recipientAccountId"),
      awsRegion: text("awsRegion"),
      eventSource: text("eventSource"),
      eventName: text("eventName"),
      eventType: text("eventType"),
      eventCategory: text("eventCategory"),
      identityType: text("identityType"),
      principal: text("sessionIssuerArn") ?? text("identityArn"),
      principalAccountId: text("identityAccountId"),
      invokedBy: text("identityInvokedBy"),
    };
    const code = text("errorCode") ?? undefined;
    const errorClass = classifyError(code, text("errorMessage") ?? undefined);
    const key = { ...texts, errorClass, day: Math.floor(timeMs / dayMs) };
    const known = keys.get(JSON.stringify(key));
    keys.set(JSON.stringify(key), {
      ...key,
      count: Number(known?.count ?? 0) + 1,
      firstTime: Math.min(timeMs, Number(known?.firstTime ?? timeMs)),
      lastTime: Math.max(timeMs, Number(known?.lastTime ?? timeMs)),
    });
  };

  const take = (record: WrittenRecord, account: string | undefined): void => {
    const row = expectedRow(record);
    const timeMs = row.eventTime as number;
    if (Number.isNaN(timeMs)) {
      rejected.push(record.raw);
      return;
    }
    const named = (row.recipientAccountId as string | null) ?? account ?? "";
    const day = new Date(timeMs).toISOString().slice(0, 10);
    const partition = `${/^\d{12}$/.test(named) ? named : "unknown"}/${day}`;
    if (!rows.has(partition)) for (const id of there.get(partition) ?? []) ids.add(id);
    const partRows = rows.get(partition) ?? [];
    rows.set(partition, partRows);
    const id = row.eventID as string | null;
    if (id !== null && ids.has(id)) {
      duplicates += 1;
      return;
    }
    if (id !== null) ids.add(id);
    events += 1;
    if (!/^1\.\d+$/.test(String(row.eventVersion))) unknownVersions += 1;
    if (findWritten(record, "userIdentity") === undefined) withoutIdentity += 1;
    partRows.push(row);
    addKey(row, timeMs);
  };

  for (const { records: own, account } of logs) {
    for (const record of own) {
      const has = (name: string): boolean => findWritten(record, name) !== undefined;
      if (!record.isCut && has("eventName") && has("eventSource")) {
        records += 1;
        take(record, account);
      } else if (!record.isCut && findWritten(record, "eventType") === '"AwsCloudTrailInsight"') {
        insights += 1;
      } else {
        records += 1;
        rejected.push(record.raw);
      }
    }
  }
  const counts = { records, events, duplicates, rejected: rejected.length, insights };
  return {
    rows: new Map([...rows].filter(([, partRows]) => partRows.length > 0)),
    keys: [...keys.values()].sort((a, b) => Number(a.day) - Number(b.day)),
    rejected,
    counts: { ...counts, unknownVersions, withoutIdentity },
  };
}
