import {
  type CallColumn,
  type CallGroups,
  callerColumns,
  eventColumns,
  type RowClasses,
  type TextColumn,
} from "../../core/call-groups.ts";
import { rowClasses } from "../../core/row-classes.ts";
import { createTuples, type Tuples } from "../../core/tuples.ts";
import type { ParquetColumn } from "../parquet/parquet-writer.ts";
import type { TextPool } from "../record/text-pool.ts";

/** Keys of many files, those that differ only by their day as one. */
export interface MergedKeys {
  /** Adds keys, each of events of one calendar month. */
  add(groups: CallGroups): void;
  /** How many keys there are. */
  size(): number;
  /** What was added, by calendar month of the events, in order. */
  parts(): readonly MergedPart[];
}

/** The keys of a calendar month. */
export interface MergedPart {
  readonly rows: number;
  /** As columns of `keys`, without the day, and `caller` and `event`: see `readMerged`. */
  readonly columns: readonly ParquetColumn[];
  /** Milliseconds since the epoch of the first and the last event. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Caller, event, Region, class of error, month. */
const width = 5;

/** Makes an empty table over texts of that pool. */
export function createMergedKeys(pool: TextPool): MergedKeys {
  const callers = createTuples(callerColumns.length);
  const events = createTuples(eventColumns.length);
  const keys = createTuples(width);
  const key = new Int32Array(width);
  const months = monthNumbers();
  let counts = new Float64Array(1 << 10);
  let first = new Float64Array(1 << 10);
  let last = new Float64Array(1 << 10);

  const callerOf = (row: number): number => keys.member(row, 0);
  const note = (row: number, count: number, from: number, to: number): void => {
    if (row === counts.length) {
      counts = twice(counts);
      first = twice(first);
      last = twice(last);
    }
    // A row that is new has no count yet.
    if (counts[row] === 0 || from < (first[row] as number)) first[row] = from;
    if (counts[row] === 0 || to > (last[row] as number)) last[row] = to;
    counts[row] = (counts[row] as number) + count;
  };

  return {
    size: () => keys.size,
    add: (groups) => {
      const { size, counts: sizes, first: starts, last: ends, texts } = groups;
      const byCaller = groups.callers ?? rowClasses(groups, callerColumns);
      const byEvent = groups.events ?? rowClasses(groups, eventColumns);
      const caller = numberRows(byCaller, callerColumns, callers, pool);
      const event = numberRows(byEvent, eventColumns, events, pool);
      const regions = numberTexts(texts.awsRegion, pool);
      const classes = numberTexts(texts.errorClass, pool);
      const { ids: regionIds } = texts.awsRegion;
      const { ids: classIds } = texts.errorClass;
      for (let row = 0; row < size; row++) {
        key[0] = caller[row] as number;
        key[1] = event[row] as number;
        key[2] = regions[regionIds[row] as number] as number;
        key[3] = classes[classIds[row] as number] as number;
        key[4] = months(starts[row] as number);
        note(keys.number(key), sizes[row] as number, starts[row] as number, ends[row] as number);
      }
    },
    parts: () => {
      const byMonth = new Map<number, number[]>();
      for (let row = 0; row < keys.size; row++) {
        const month = keys.member(row, 4);
        const rows = byMonth.get(month);
        if (rows === undefined) byMonth.set(month, [row]);
        else rows.push(row);
      }
      return [...byMonth]
        .sort(([a], [b]) => a - b)
        .map(([, rows]) => partOf(sortRows(rows, callers.size, callerOf)));
    },
  };

  function partOf(rows: Int32Array): MergedPart {
    const caller = numbered(rows, callers.size, callerOf);
    const event = numbered(rows, events.size, (row) => keys.member(row, 1));
    const pick = (from: Float64Array): Float64Array =>
      Float64Array.from(rows, (row) => from[row] as number);
    const starts = pick(first);
    const ends = pick(last);
    const member = (name: string, place: number): ParquetColumn => ({
      kind: "text",
      name,
      ids: rows.map((row) => keys.member(row, place)),
    });
    return {
      rows: rows.length,
      firstMs: starts.reduce((least, ms) => Math.min(least, ms), Number.POSITIVE_INFINITY),
      lastMs: ends.reduce((most, ms) => Math.max(most, ms), Number.NEGATIVE_INFINITY),
      columns: [
        { kind: "number", name: "caller", values: caller.of },
        { kind: "number", name: "event", values: event.of },
        ...callerColumns.map(
          (name, place): ParquetColumn => ({
            kind: "text",
            name,
            ids: caller.all.map((number) => callers.member(number, place)),
            places: caller.of,
          }),
        ),
        ...eventColumns.map(
          (name, place): ParquetColumn => ({
            kind: "text",
            name,
            ids: event.all.map((number) => events.member(number, place)),
            places: event.of,
          }),
        ),
        member("awsRegion", 2),
        member("errorClass", 3),
        { kind: "integer", name: "count", values: pick(counts) },
        { kind: "timestamp", name: "firstTime", values: starts },
        { kind: "timestamp", name: "lastTime", values: ends },
      ],
    };
  }
}

/** By row: the number of what it says in some columns. */
function numberRows<Column extends CallColumn>(
  { of, texts }: RowClasses<Column>,
  columns: readonly Column[],
  tuples: Tuples,
  pool: TextPool,
): Int32Array {
  const tuple = new Int32Array(columns.length);
  const ids = columns.map((name) => texts[name].ids);
  const own = columns.map((name) => numberTexts(texts[name], pool));
  const numbers = new Int32Array(ids[0]?.length ?? 0);
  for (let at = 0; at < numbers.length; at++) {
    for (let place = 0; place < ids.length; place++) {
      tuple[place] = own[place]?.[ids[place]?.[at] ?? 0] ?? 0;
    }
    numbers[at] = tuples.number(tuple);
  }
  return of.map((number) => numbers[number] as number);
}

/** By number of a column's texts: their numbers in the pool. */
function numberTexts({ texts }: TextColumn, pool: TextPool): Int32Array {
  const numbers = new Int32Array(texts.length);
  for (let id = 1; id < texts.length; id++) numbers[id] = pool.addText(texts[id] as string);
  return numbers;
}

/** Rows in the order of a number below `count`; those of the same number stay in order. */
function sortRows(rows: readonly number[], count: number, of: (row: number) => number): Int32Array {
  const next = new Int32Array(count + 1);
  for (const row of rows) next[of(row) + 1] = (next[of(row) + 1] as number) + 1;
  for (let at = 0; at < count; at++) next[at + 1] = (next[at + 1] as number) + (next[at] as number);
  const sorted = new Int32Array(rows.length);
  for (const row of rows) {
    const at = next[of(row)] as number;
    sorted[at] = row;
    next[of(row)] = at + 1;
  }
  return sorted;
}

/** Numbers what rows have without gaps, in the order in which it comes first. */
function numbered(
  rows: Int32Array,
  count: number,
  of: (row: number) => number,
): { readonly of: Int32Array; readonly all: Int32Array } {
  const places = new Int32Array(count).fill(-1);
  const all = new Int32Array(count);
  let found = 0;
  const numbers = rows.map((row) => {
    const number = of(row);
    if (places[number] === -1) {
      all[found] = number;
      places[number] = found++;
    }
    return places[number] as number;
  });
  return { of: numbers, all: all.slice(0, found) };
}

/** Gives the number of a time's calendar month; most times are near the one before. */
function monthNumbers(): (ms: number) => number {
  let month = Number.NaN;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  return (ms) => {
    if (!(ms >= from && ms < to)) {
      const date = new Date(ms);
      const year = date.getUTCFullYear();
      month = year * 12 + date.getUTCMonth();
      from = Date.UTC(year, date.getUTCMonth());
      to = Date.UTC(year, date.getUTCMonth() + 1);
    }
    return month;
  };
}

function twice(old: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const next = new Float64Array(old.length * 2);
  next.set(old);
  return next;
}
