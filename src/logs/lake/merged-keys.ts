import {
  type CallColumn,
  type CallGroups,
  callerColumns,
  eventColumns,
  type RowClasses,
  type TextColumn,
} from "../../core/call-groups.ts";
import { rowClasses } from "../../core/row-classes.ts";
import { allRows, sortRows } from "../../core/sort-rows.ts";
import { createTuples, type Tuples } from "../../core/tuples.ts";
import type { ParquetColumn } from "../parquet/parquet-column.ts";
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

/** What tells keys apart: by number of the caller, the event, texts of the pool, and the month. */
const members = ["caller", "event", "region", "errorClass", "month"] as const;

/** Makes an empty table over texts of that pool. */
export function createMergedKeys(pool: TextPool): MergedKeys {
  const callers = createTuples(callerColumns.length);
  const events = createTuples(eventColumns.length);
  const keys = createTuples(members.length);
  const key = new Int32Array(members.length);
  const months = monthNumbers();
  let counts = new Float64Array(1 << 10);
  let first = new Float64Array(1 << 10);
  let last = new Float64Array(1 << 10);

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
      const { of: callerOf } = byCaller;
      const { of: eventOf } = byEvent;
      const callersHere = numberClasses(byCaller, callerColumns, callers, pool);
      const eventsHere = numberClasses(byEvent, eventColumns, events, pool);
      const regions = numberTexts(texts.awsRegion, pool);
      const classes = numberTexts(texts.errorClass, pool);
      const { ids: regionIds } = texts.awsRegion;
      const { ids: classIds } = texts.errorClass;
      for (let row = 0; row < size; row++) {
        key[0] = callersHere[callerOf[row] as number] as number;
        key[1] = eventsHere[eventOf[row] as number] as number;
        key[2] = regions[regionIds[row] as number] as number;
        key[3] = classes[classIds[row] as number] as number;
        key[4] = months(starts[row] as number);
        note(keys.number(key), sizes[row] as number, starts[row] as number, ends[row] as number);
      }
    },
    parts: () => {
      const month = memberOf("month");
      const all = [...new Set(month)].sort((a, b) => a - b);
      // Those of a caller lie together.
      const byCaller = sortRows(allRows(keys.size), memberOf("caller"), callers.size);
      if (all.length === 1) return [partOf(byCaller)];
      return all.map((one) => partOf(byCaller.filter((row) => month[row] === one)));
    },
  };

  function memberOf(name: (typeof members)[number]): Int32Array {
    const place = members.indexOf(name);
    const numbers = new Int32Array(keys.size);
    for (let row = 0; row < numbers.length; row++) numbers[row] = keys.member(row, place);
    return numbers;
  }

  /** The columns of some rows. */
  function partOf(rows: Int32Array): MergedPart {
    const pick = <T extends Int32Array | Float64Array>(from: T): T => gathered(from, rows) as T;
    const caller = numbered(pick(memberOf("caller")), callers.size);
    const event = numbered(pick(memberOf("event")), events.size);
    const starts = pick(first);
    const ends = pick(last);
    const texts = (
      names: readonly string[],
      tuples: Tuples,
      { of, all }: ReturnType<typeof numbered>,
    ): ParquetColumn[] =>
      names.map((name, place) => ({
        kind: "text",
        name,
        ids: all.map((number) => tuples.member(number, place)),
        places: of,
      }));
    return {
      rows: starts.length,
      firstMs: starts.reduce((least, ms) => Math.min(least, ms), Number.POSITIVE_INFINITY),
      lastMs: ends.reduce((most, ms) => Math.max(most, ms), Number.NEGATIVE_INFINITY),
      columns: [
        { kind: "number", name: "caller", values: caller.of },
        { kind: "number", name: "event", values: event.of },
        ...texts(callerColumns, callers, caller),
        ...texts(eventColumns, events, event),
        { kind: "text", name: "awsRegion", ids: pick(memberOf("region")) },
        { kind: "text", name: "errorClass", ids: pick(memberOf("errorClass")) },
        { kind: "integer", name: "count", values: pick(counts) },
        { kind: "timestamp", name: "firstTime", values: starts },
        { kind: "timestamp", name: "lastTime", values: ends },
      ],
    };
  }
}

/** By class of rows: the number of what it says. */
function numberClasses<Column extends CallColumn>(
  { texts }: RowClasses<Column>,
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
      const id = (ids[place] as Int32Array)[at] as number;
      tuple[place] = (own[place] as Int32Array)[id] as number;
    }
    numbers[at] = tuples.number(tuple);
  }
  return numbers;
}

/** By number of a column's texts: their numbers in the pool. */
function numberTexts({ texts }: TextColumn, pool: TextPool): Int32Array {
  const numbers = new Int32Array(texts.length);
  for (let id = 1; id < texts.length; id++) numbers[id] = pool.addText(texts[id] as string);
  return numbers;
}

function gathered(from: Int32Array | Float64Array, rows: Int32Array): Int32Array | Float64Array {
  const to =
    from instanceof Int32Array ? new Int32Array(rows.length) : new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) to[at] = from[rows[at] as number] as number;
  return to;
}

/** Numbers what rows have, which is below `count`, without gaps, in the order of its first. */
function numbered(
  own: Int32Array,
  count: number,
): { readonly of: Int32Array; readonly all: Int32Array } {
  const places = new Int32Array(count);
  const all = new Int32Array(count);
  const of = new Int32Array(own.length);
  let found = 0;
  for (let row = 0; row < own.length; row++) {
    const number = own[row] as number;
    if (places[number] === 0) {
      all[found] = number;
      places[number] = ++found;
    }
    of[row] = (places[number] as number) - 1;
  }
  return { of, all: all.subarray(0, found) };
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
