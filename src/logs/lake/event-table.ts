import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isErrorCode } from "../../store/file-errors.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { leastPacked, leastRandomPacked } from "../parquet/compress.ts";
import type { ParquetColumn } from "../parquet/parquet-column.ts";
import { readFirstColumn } from "../parquet/read-first-column.ts";
import type { LogObject } from "../read/log-object.ts";
import { classifyError, errorClasses } from "../record/error-class.ts";
import { fieldNumber } from "../record/fields.ts";
import { type RecordScanner, startScanner } from "../record/record-scanner.ts";
import { createTextPool } from "../record/text-pool.ts";
import type { RecordVisitor } from "../record/visit-records.ts";
import { noCounts, type UnitCounts } from "./commit.ts";
import { configureEvents } from "./configure-events.ts";
import { keyPages } from "./key-pages.ts";
import { dayFolder, unknownAccount } from "./layout.ts";

/** Events of one account and day, numbered by its place in the list. */
export interface Partition {
  readonly account: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
}

/** The events of a partition as a file. */
export interface EventsPart {
  readonly bytes: Uint8Array;
  /** Milliseconds since the epoch of the first and the last event. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** The events of one unit after another, with their keys, while they are read. */
export interface EventTable {
  readonly kernel: Kernel;
  readonly scanner: RecordScanner;
  /** Begins a unit, empty. */
  begin(lakeFolder: string): void;
  /** Begins an object of the unit. */
  open(object: LogObject): void;
  /** Takes in what is found in the object. */
  readonly visitor: RecordVisitor;
  partitions(): readonly Partition[];
  /** How many events a partition has. */
  rows(partition: number): number;
  /** A partition as a file, good until the next. */
  write(partition: number): EventsPart;
  /** How many keys there are, and the columns of `keys`, by day. */
  keys(): { readonly rows: number; readonly columns: readonly ParquetColumn[] };
  /** Of what was found; objects and bytes are of those that were opened. */
  counts(): UnitCounts;
  /** Rejected parts as lines of JSON. */
  rejected(): readonly string[];
  /** Whether another object is better read with another unit: this one has grown large. */
  isLarge(): boolean;
  /** By account and day: the lake's files whose ids were looked at. */
  seen(): Readonly<Record<string, readonly string[]>>;
}

/** Of a rejected part at most this much is kept. */
const mostRejectedBytes = 1_048_576;

const dayMs = 86_400_000;

/** Years have four digits, and the first is 1: others would be days that DuckDB does not read. */
const firstMs = Date.parse("0001-01-01T00:00:00.000Z");
const lastMs = Date.parse("9999-12-31T23:59:59.999Z");

/** An object holds more than fits in memory; what came first is taken in. */
export class ObjectTooLarge extends Error {
  constructor() {
    super("it holds more events than fit in memory: those at its end are not read");
    this.name = "ObjectTooLarge";
  }
}

/** Makes a table, whose rows a kernel holds. What the kernel asks is seldom: once a text, or a day. */
export function createEventTable(): EventTable {
  const timeField = fieldNumber("eventTime");
  const partitionOf = new Map<string, number>();
  const accountNames: string[] = [];
  let counts: { -readonly [Name in keyof UnitCounts]: number } = { ...noCounts };
  let rejected: string[] = [];
  let partitions: Partition[] = [];
  let seen: Record<string, readonly string[]> = {};
  let lake = "";
  let object: LogObject | undefined;
  let index = 0;

  const openPartition = (accountNumber: number, dayNumber: number): number => {
    const account = accountNames[accountNumber] ?? unknownAccount;
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
      for (const id of readFirstColumn(join(folder, file))) kernel.noteThere(pool.add(id));
    }
    return partitions.length - 1;
  };

  const accountOf = (id: number): number => {
    const text = pool.text(id) ?? object?.account ?? unknownAccount;
    const account = /^\d{12}$/.test(text) ? text : unknownAccount;
    const at = accountNames.indexOf(account);
    return at === -1 ? accountNames.push(account) - 1 : at;
  };

  const { kernel, scanner } = startScanner((input) => ({
    accountOf,
    partitionOf: openPartition,
    errorClassOf: (code, message) =>
      errorClasses.indexOf(classifyError(pool.text(code), pool.text(message))),
    isKnownVersion: (version) => (/^1\.\d+$/.test(pool.text(version) ?? "") ? 1 : 0),
    dayMsOf: (from) => {
      const text = input().toString("latin1", from, from + 10);
      const day = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
      return day >= firstMs ? day : Number.NaN;
    },
    unescaped: (from, to) => pool.addText(String(JSON.parse(input().toString("utf8", from, to)))),
  }));
  const pool = createTextPool(kernel);
  configureEvents(kernel);
  const keyColumns = keyPages(kernel, pool);
  const counted = kernel.allocate(16);

  const reject = (bytes: Buffer, start: number, end: number, reason: string): void => {
    counts.rejected += 1;
    const text = bytes.toString("utf8", start, Math.min(end, start + mostRejectedBytes));
    const place = { index, offset: start, bytes: end - start };
    rejected.push(JSON.stringify({ object: object?.name, ...place, reason, text }));
  };

  const unusualTime = (bytes: Buffer): number => {
    const at = scanner.start(timeField);
    if (bytes[at] !== 0x22) return Number.NaN;
    const text: string = JSON.parse(bytes.toString("utf8", at, scanner.end(timeField)));
    const time = /^\d{4}-\d\d-\d\d(T|$)/.test(text) ? Date.parse(text) : Number.NaN;
    // By its zone it may be of a year that no folder of a day can name.
    return time >= firstMs && time <= lastMs ? time : Number.NaN;
  };

  const stopWhenFull = (): void => {
    if (kernel.fullness() > 1) throw new ObjectTooLarge();
  };

  return {
    kernel,
    scanner,
    partitions: () => partitions,
    rows: kernel.rowsOf,
    write: (partition) => {
      const start = kernel.writePartition(partition, leastPacked, leastRandomPacked);
      return {
        bytes: kernel.bytes().subarray(start, start + kernel.fileBytes()),
        firstMs: kernel.firstMs(),
        lastMs: kernel.lastMs(),
      };
    },
    keys: () => ({ rows: kernel.keyCount(), columns: keyColumns() }),
    counts: () => {
      kernel.count(counted);
      const at = counted >> 2;
      const [events = 0, duplicates = 0, unknownVersions = 0, withoutIdentity = 0] = kernel
        .numbers()
        .subarray(at, at + 4);
      return { ...counts, events, duplicates, unknownVersions, withoutIdentity };
    },
    rejected: () => rejected,
    isLarge: () => kernel.fullness() > 0,
    seen: () => seen,
    begin: (folder) => {
      kernel.clear();
      partitionOf.clear();
      accountNames.length = 0;
      counts = { ...noCounts };
      rejected = [];
      partitions = [];
      seen = {};
      lake = folder;
    },
    open: (next) => {
      object = next;
      index = 0;
      counts.objects += 1;
      counts.bytes += next.size;
      kernel.openTake();
    },
    visitor: {
      record: (bytes, start, end) => {
        counts.records += 1;
        index += 1;
        const usual = kernel.readTime();
        // A time that is not written as AWS does may be one still.
        const timeMs = Number.isNaN(usual) ? unusualTime(bytes) : usual;
        if (Number.isNaN(timeMs)) reject(bytes, start, end, "it has no `eventTime` that is a time");
        else kernel.takeRecord(timeMs);
        stopWhenFull();
      },
      skim: (at) => {
        const place = kernel.skim(at);
        const count = kernel.skimCount();
        counts.records += count;
        index += count;
        stopWhenFull();
        return { place, lastGood: kernel.skimGood(), isClosed: kernel.skimClosed() === 1 };
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
