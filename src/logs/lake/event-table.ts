import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isErrorCode } from "../../store/file-errors.ts";
import { readFirstColumn } from "../parquet/read-first-column.ts";
import type { LogObject } from "../read/log-object.ts";
import { classifyError, errorClasses } from "../record/error-class.ts";
import { fieldNumber } from "../record/fields.ts";
import type { RecordScanner } from "../record/record-scanner.ts";
import type { TextPool } from "../record/text-pool.ts";
import type { RecordVisitor } from "../record/visit-records.ts";
import { noCounts, type UnitCounts } from "./commit.ts";
import { ownColumns } from "./event-columns.ts";
import { columnPlaces, createEventReader } from "./event-reader.ts";
import { createKeyCollapser, type KeyCollapser, keyTexts } from "./key-collapser.ts";
import { dayFolder, unknownAccount } from "./layout.ts";
import { createTimeReader } from "./read-time.ts";
import { createRowTable, type RowTable } from "./row-table.ts";

/** Events of one account and day, numbered by its place in the list. */
export interface Partition {
  readonly account: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
}

/** The events of one unit after another, with their keys, while they are read. */
export interface EventTable {
  /** Begins a unit, empty. */
  begin(lakeFolder: string): void;
  /** Begins an object of the unit. */
  open(object: LogObject): void;
  /** Takes in what is found in the object. */
  readonly visitor: RecordVisitor;
  readonly rows: RowTable;
  readonly keys: KeyCollapser;
  partitions(): readonly Partition[];
  /** Of what was found; objects and bytes are of those that were opened. */
  counts(): UnitCounts;
  /** Rejected parts as lines of JSON. */
  rejected(): readonly string[];
  /** By account and day: the lake's files whose ids were looked at. */
  seen(): Readonly<Record<string, readonly string[]>>;
}

const unknownVersion = 1;
const withoutIdentity = 2;

/** Of a rejected part at most this much is kept. */
const mostRejectedBytes = 1_048_576;

const dayMs = 86_400_000;

/**
 * Makes a table that keeps its texts in that pool. All its functions are made once, for the engine
 * compiles them anew when they are others.
 */
export function createEventTable(scanner: RecordScanner, pool: TextPool): EventTable {
  const rows = createRowTable();
  const reader = createEventReader(scanner, pool, rows);
  const keys = createKeyCollapser(pool);
  const readTime = createTimeReader();
  const timeField = fieldNumber("eventTime");
  const identityField = fieldNumber("userIdentity");
  const places = columnPlaces;
  const idAt = ownColumns.indexOf(places.eventID);
  const keyColumns = Int32Array.of(
    places.recipientAccountId,
    places.awsRegion,
    places.eventSource,
    places.eventName,
    places.eventType,
    places.eventCategory,
    places.identityType,
    places.sessionIssuerArn,
    places.identityAccountId,
    places.invokedBy,
    // In place of the issuer where there is none.
    places.identityArn,
  );
  const principalAt = keyTexts.indexOf("principal");
  const keyRow = new Int32Array(keyColumns.length);
  const partitionOf = new Map<string, number>();
  const classes = new Map<number, Map<number, number>>();
  const versions = new Map<number, boolean>();
  const accounts = new Map<number, number>();
  const accountNames: string[] = [];
  let counts: { -readonly [Name in keyof UnitCounts]: number } = { ...noCounts };
  let rejected: string[] = [];
  let partitions: Partition[] = [];
  let seen: Record<string, readonly string[]> = {};
  /** By number in the pool: 1 for the ids of events that are there. */
  let isThere = new Uint8Array(1 << 4);
  let lake = "";
  let object: LogObject | undefined;
  let index = 0;
  let lastAccount = -1;
  let lastDay = -1;
  let lastPartition = 0;
  /** By shape: what is found out once. They begin small, as all tables here. */
  let shapeAccounts = new Int32Array(1 << 4);
  let shapeClasses = new Int32Array(1 << 4);
  let shapeFlags = new Int32Array(1 << 4);
  /** By shape: the key of its last row and the day of that, -1 for none. */
  let shapeKeys = new Int32Array(1 << 4);
  let shapeDays = new Int32Array(1 << 4);
  let described = 0;

  const noteThere = (id: number): void => {
    if (id >= isThere.length) {
      const larger = new Uint8Array(Math.max(isThere.length * 2, id + 1));
      larger.set(isThere);
      isThere = larger;
    }
    isThere[id] = 1;
  };

  const reject = (bytes: Buffer, start: number, end: number, reason: string): void => {
    counts.rejected += 1;
    const text = bytes.toString("utf8", start, Math.min(end, start + mostRejectedBytes));
    const place = { index, offset: start, bytes: end - start };
    rejected.push(JSON.stringify({ object: object?.name, ...place, reason, text }));
  };

  const openPartition = (account: string, dayNumber: number): number => {
    const day = new Date(dayNumber * dayMs).toISOString().slice(0, 10);
    const key = `${account}/${day}`;
    const known = partitionOf.get(key);
    if (known !== undefined) return known;
    partitionOf.set(key, partitions.length);
    partitions.push({ account, day });
    const folder = join(lake, dayFolder(account, day));
    const files = listFiles(folder);
    seen[key] = files;
    for (const file of files) {
      for (const id of readFirstColumn(join(folder, file))) noteThere(pool.add(id, 0, id.length));
    }
    return partitions.length - 1;
  };

  const errorClass = (code: number, message: number): number => {
    if (code === 0) return 0;
    const known = classes.get(code)?.get(message);
    if (known !== undefined) return known;
    const found = errorClasses.indexOf(classifyError(pool.text(code), pool.text(message)));
    const byMessage = classes.get(code) ?? new Map<number, number>();
    classes.set(code, byMessage.set(message, found));
    return found;
  };

  const isKnownVersion = (version: number): boolean => {
    const known = versions.get(version);
    if (known !== undefined) return known;
    const isKnown = /^1\.\d+$/.test(pool.text(version) ?? "");
    versions.set(version, isKnown);
    return isKnown;
  };

  const accountOf = (id: number): number => {
    const known = accounts.get(id);
    if (known !== undefined) return known;
    const text = pool.text(id) ?? object?.account ?? unknownAccount;
    const account = /^\d{12}$/.test(text) ? text : unknownAccount;
    const at = accountNames.indexOf(account);
    const number = at === -1 ? accountNames.push(account) - 1 : at;
    // Where records name no account, the name of each object may.
    if (id !== 0) accounts.set(id, number);
    return number;
  };

  /** Finds out what all rows of a shape have, which is the one that was filled in last. */
  const describe = (shape: number): void => {
    if (shape >= shapeAccounts.length) {
      const length = shape * 2;
      shapeAccounts = longer(shapeAccounts, length);
      shapeClasses = longer(shapeClasses, length);
      shapeFlags = longer(shapeFlags, length);
      shapeKeys = longer(shapeKeys, length);
      shapeDays = longer(shapeDays, length);
    }
    const { shape: cells } = rows;
    const code = cells[places.errorCode] as number;
    shapeAccounts[shape] = accountOf(cells[places.recipientAccountId] as number);
    shapeClasses[shape] = code === 0 ? 0 : errorClass(code, cells[places.errorMessage] as number);
    shapeFlags[shape] =
      (isKnownVersion(cells[places.eventVersion] as number) ? 0 : unknownVersion) |
      (scanner.start[identityField] === -1 ? withoutIdentity : 0);
    shapeDays[shape] = -1;
    described = shape + 1;
  };

  /** The first row of a shape on a day; the shape is the one that was filled in last, or known. */
  const addKey = (shape: number, day: number, timeMs: number): void => {
    rows.readShape(shape, keyColumns, keyRow);
    if (keyRow[principalAt] === 0) keyRow[principalAt] = keyRow[keyTexts.length] as number;
    shapeKeys[shape] = keys.add(keyRow, shapeClasses[shape] as number, timeMs);
    shapeDays[shape] = day;
  };

  const takeIn = (shape: number, timeMs: number): void => {
    if (shape >= described) describe(shape);
    const account = shapeAccounts[shape] as number;
    const day = Math.floor(timeMs / dayMs);
    if (day !== lastDay || account !== lastAccount) {
      lastPartition = openPartition(accountNames[account] ?? unknownAccount, day);
      lastDay = day;
      lastAccount = account;
    }
    const id = rows.own[idAt] as number;
    if (id !== 0) {
      if (isThere[id] === 1) {
        counts.duplicates += 1;
        return;
      }
      noteThere(id);
    }
    const flags = shapeFlags[shape] as number;
    if (flags !== 0) {
      if ((flags & unknownVersion) !== 0) counts.unknownVersions += 1;
      if ((flags & withoutIdentity) !== 0) counts.withoutIdentity += 1;
    }
    counts.events += 1;
    rows.commit(shape, timeMs, lastPartition);
    if (shapeDays[shape] === day) keys.again(shapeKeys[shape] as number, timeMs);
    else addKey(shape, day, timeMs);
  };

  return {
    rows,
    keys,
    partitions: () => partitions,
    counts: () => counts,
    rejected: () => rejected,
    seen: () => seen,
    begin: (folder) => {
      pool.clear();
      rows.clear();
      reader.clear();
      keys.clear();
      for (const map of [partitionOf, classes, versions, accounts]) map.clear();
      counts = { ...noCounts };
      rejected = [];
      partitions = [];
      seen = {};
      isThere.fill(0);
      lake = folder;
      accountNames.length = 0;
      lastAccount = -1;
      lastDay = -1;
      described = 0;
    },
    open: (next) => {
      object = next;
      index = 0;
      counts.objects += 1;
      counts.bytes += next.size;
      reader.open();
    },
    visitor: {
      record: (bytes, start, end) => {
        counts.records += 1;
        index += 1;
        const at = scanner.start[timeField] as number;
        const timeMs =
          at === -1 ? Number.NaN : readTime(bytes, at, scanner.end[timeField] as number);
        if (Number.isNaN(timeMs)) {
          reject(bytes, start, end, "it has no `eventTime` that is a time");
          return;
        }
        takeIn(reader.fill(bytes), timeMs);
      },
      rejected: (bytes, start, end, reason) => {
        counts.records += 1;
        index += 1;
        reject(bytes, start, end, reason);
      },
      other: (what) => {
        if (what === "digest") counts.digests += 1;
        else counts.insights += 1;
      },
    },
  };
}

/** The lake's files in a folder; none where there is no such folder. */
export function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".parquet"))
      .sort();
  } catch (error) {
    if (isErrorCode(error, "ENOENT")) return [];
    throw error;
  }
}

function longer(old: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(length);
  next.set(old);
  return next;
}
