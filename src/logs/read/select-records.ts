import { fieldNumber } from "../record/fields.ts";
import { createRecordScanner, type RecordScanner } from "../record/record-scanner.ts";
import {
  createVisitRecords,
  type OtherContent,
  type VisitRecords,
} from "../record/visit-records.ts";
import { decodeItems } from "./decode-items.ts";
import { createFindRecords, type FindRecords } from "./find-records.ts";
import type { LogItem } from "./log-object.ts";

/** Which records are wanted; all when absent. A record is wanted when one of the two holds. */
export interface RecordFilter {
  /** Its `eventName` is one of these. */
  readonly named: ReadonlySet<string>;
  /** One of these texts stands in its JSON, such as `"Root"` with its quotes. */
  readonly containing: readonly string[];
}

/** Objects whose records are wanted. */
export interface SelectTask {
  readonly items: readonly LogItem[];
  readonly filter?: RecordFilter;
}

/** A part of a file that cannot be read. */
export interface RejectedPart {
  /** Its place among the records of the file, from 0. */
  readonly index: number;
  /** Its place in the unpacked file, in bytes. */
  readonly offset: number;
  readonly bytes: number;
  readonly reason: string;
  /** Its beginning, at most 1 MiB. */
  readonly text: string;
}

/** What was found in one object. */
export interface SelectedFile {
  /** A JSON list of the wanted records, as they are written in the file, UTF-8 or not; empty for none. */
  readonly records: Uint8Array;
  /** The places of the wanted records among all of the file, from 0. */
  readonly indices: Int32Array;
  /** How many records the file has. */
  readonly seen: number;
  readonly rejected: readonly RejectedPart[];
  readonly others: readonly OtherContent[];
  /** Why the file could not be read whole. */
  readonly problem?: string;
}

/** What was found, in the order of the items. */
export interface SelectResult {
  readonly files: readonly SelectedFile[];
}

/** Finds wanted records in objects. */
export type SelectRecords = (task: SelectTask) => Promise<SelectResult>;

const mostTextBytes = 1_048_576;
/** What a larger file took of memory is given back after it. */
const mostKeptBytes = 64 * 1_048_576;

/** Makes a function that finds wanted records in objects. */
export function createRecordSelector(): SelectRecords {
  // Most callers need one of the two only.
  let findRecords: FindRecords | undefined;
  let walker: RecordWalker | undefined;

  const selectExactly = (whole: Buffer, filter: RecordFilter | undefined): SelectedFile => {
    walker ??= createWalker();
    const file = selectByWalk(walker, whole, filter);
    if (whole.length > mostKeptBytes) walker = undefined;
    return file;
  };

  return async ({ items, filter }) => {
    const files: SelectedFile[] = [];
    for await (const read of decodeItems(items)) {
      findRecords ??= filter === undefined ? undefined : createFindRecords();
      if ("reason" in read) {
        files.push({ ...nothing(), problem: read.reason });
        continue;
      }
      const { unpacked, text, problem } = read.decoded;
      const quick =
        filter === undefined || problem !== undefined ? undefined : findRecords?.(unpacked, filter);
      if (unpacked.length > mostKeptBytes) findRecords = undefined;
      const file =
        quick === undefined
          ? selectExactly(text(), filter)
          : {
              ...nothing(),
              records: asList(quick.records),
              indices: Int32Array.from(quick.indices),
              seen: quick.seen,
            };
      files.push(problem === undefined ? file : { ...file, problem });
    }
    return { files };
  };
}

/** A scanner with what walks files by it. */
interface RecordWalker {
  readonly scanner: RecordScanner;
  readonly visitRecords: VisitRecords;
}

function createWalker(): RecordWalker {
  const scanner = createRecordScanner();
  return { scanner, visitRecords: createVisitRecords(scanner) };
}

/** Walks a file, and selects what is wanted of it. */
function selectByWalk(
  { scanner, visitRecords }: RecordWalker,
  whole: Buffer,
  filter: RecordFilter | undefined,
): SelectedFile {
  const nameField = fieldNumber("eventName");
  const records: Buffer[] = [];
  const indices: number[] = [];
  const rejected: RejectedPart[] = [];
  const others: OtherContent[] = [];
  let seen = 0;
  const isWanted = (bytes: Buffer, start: number, end: number): boolean => {
    if (filter === undefined) return true;
    const from = scanner.start(nameField);
    if (filter.named.has(textAt(bytes, from, scanner.end(nameField)))) return true;
    const record = bytes.subarray(start, end);
    return filter.containing.some((text) => record.includes(text));
  };
  visitRecords(whole, {
    record: (bytes, start, end) => {
      if (isWanted(bytes, start, end)) {
        records.push(bytes.subarray(start, end));
        indices.push(seen);
      }
      seen += 1;
    },
    rejected: (bytes, start, end, reason) => {
      const text = bytes.toString("utf8", start, Math.min(end, start + mostTextBytes));
      rejected.push({ index: seen, offset: start, bytes: end - start, reason, text });
      seen += 1;
    },
    other: (what) => others.push(what),
  });
  return { records: asList(records), indices: Int32Array.from(indices), seen, rejected, others };
}

function nothing(): SelectedFile {
  return { records: asList([]), indices: new Int32Array(), seen: 0, rejected: [], others: [] };
}

const noBytes = new Uint8Array();

/** Bytes of their own, so that they can be handed to another thread. */
function asList(records: readonly Buffer[]): Uint8Array {
  if (records.length === 0) return noBytes;
  const list = new Uint8Array(records.reduce((sum, record) => sum + record.length + 1, 1) + 1);
  list[0] = 0x5b;
  let at = 1;
  for (const [index, record] of records.entries()) {
    if (index > 0) list[at++] = 0x2c;
    list.set(record, at);
    at += record.length;
  }
  list[at] = 0x5d;
  return list.subarray(0, at + 1);
}

function textAt(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString("utf8", start, end);
  return text.includes("\\") ? String(JSON.parse(text)) : text.slice(1, -1);
}
