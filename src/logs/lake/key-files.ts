import { readFileSync } from "node:fs";
import { AppError } from "../../core/app-error.ts";
import {
  type CallColumn,
  type CallGroups,
  callColumns,
  callerColumns,
  eventColumns,
  type RowClasses,
  type TextColumn,
} from "../../core/call-groups.ts";
import { reasonOf } from "../../store/file-errors.ts";
import { type ReadColumns, readColumns } from "../parquet/read-columns.ts";

/** Reads a file of `keys`. Throws ORGRAIL4311 when it cannot be read. */
export function readKeys(path: string): CallGroups {
  try {
    const columns = readColumns(readFileSync(path));
    return { ...numbersOf(columns), texts: byName(callColumns, (name) => columns.texts(name)) };
  } catch (error) {
    throw new AppError("ORGRAIL4311", `cannot read \`${path}\` of the lake: ${reasonOf(error)}`, {
      hint: "ingest into a new folder: the logs are what counts",
      cause: error,
    });
  }
}

/**
 * Reads a file of `months`; nothing when it cannot be read, or was taken away by now: what it was
 * made of is there. What callers and events say is read once for each, not row by row.
 */
export function readMerged(path: string): CallGroups | undefined {
  try {
    const columns = readColumns(readFileSync(path));
    const callers = classesOf(columns, "caller", callerColumns);
    const events = classesOf(columns, "event", eventColumns);
    const texts = {
      ...byName(callerColumns, (name) => spread(callers.texts[name], callers.of)),
      ...byName(eventColumns, (name) => spread(events.texts[name], events.of)),
      ...byName(["awsRegion", "errorClass"], (name) => columns.texts(name)),
    };
    return { ...numbersOf(columns), texts, callers, events };
  } catch {
    return undefined;
  }
}

function byName<Column extends CallColumn>(
  names: readonly Column[],
  textsOf: (name: Column) => TextColumn,
): Record<Column, TextColumn> {
  const entries = names.map((name) => [name, textsOf(name)] as const);
  return Object.fromEntries(entries) as Record<Column, TextColumn>;
}

function numbersOf(columns: ReadColumns): Omit<CallGroups, "texts"> {
  return {
    size: columns.rows,
    counts: columns.numbers("count"),
    first: columns.numbers("firstTime"),
    last: columns.numbers("lastTime"),
  };
}

/** Classes by their numbers, of which every one is smaller than there are rows. */
function classesOf<Column extends CallColumn>(
  columns: ReadColumns,
  number: string,
  names: readonly Column[],
): RowClasses<Column> {
  const of = columns.integers(number);
  const { length } = of;
  const leads = new Int32Array(length);
  let count = 0;
  for (let row = length - 1; row >= 0; row--) {
    const own = of[row] as number;
    if (!(own >= 0 && own < length)) throw new Error("a number of the file is too large");
    if (own >= count) count = own + 1;
    leads[own] = row;
  }
  const rows = leads.subarray(0, count);
  return { of, texts: byName(names, (name) => columns.texts(name, rows)) };
}

/** A column by row; made when it is asked for, which it hardly ever is. */
function spread({ ids, texts }: TextColumn, of: Int32Array): TextColumn {
  let made: Int32Array | undefined;
  return {
    texts,
    get ids() {
      made ??= of.map((own) => ids[own] as number);
      return made;
    },
  };
}

/** Some of the rows. */
export function pickRows(groups: CallGroups, rows: Int32Array): CallGroups {
  const numbers = (from: Float64Array): Float64Array =>
    Float64Array.from(rows, (row) => from[row] as number);
  return {
    size: rows.length,
    texts: byName(callColumns, (name) => {
      const { ids, texts } = groups.texts[name];
      return { ids: rows.map((row) => ids[row] as number), texts };
    }),
    counts: numbers(groups.counts),
    first: numbers(groups.first),
    last: numbers(groups.last),
  };
}
