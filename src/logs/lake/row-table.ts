import type { ParquetColumn } from "../parquet/parquet-writer.ts";
import { eventColumns } from "./event-columns.ts";

const width = eventColumns.length;

/** Columns in which every text is another. */
const randomColumns: ReadonlySet<string> = new Set(["eventID", "sharedEventID"]);

/** Rows of events in memory: a number a text column, 1, 0 or -1 a truth, and the time. */
export interface RowTable {
  /** The row being filled in; `commit` makes it count. */
  readonly row: Int32Array;
  /** Adds the row to a partition, which is numbered from 0. */
  commit(timeMs: number, partition: number): void;
  /** How many rows a partition has. */
  count(partition: number): number;
  /** The columns of a partition's rows; each is good until the next is asked for. */
  columns(partition: number): Iterable<ParquetColumn>;
  /** First and last time in a partition. */
  times(partition: number): { readonly firstMs: number; readonly lastMs: number };
  clear(): void;
}

/** Makes an empty table. */
export function createRowTable(): RowTable {
  const row = new Int32Array(width);
  let size = 0;
  let cells = new Int32Array(width << 10);
  let times = new Float64Array(1 << 10);
  let partitions = new Int32Array(1 << 10);
  let counts: number[] = [];

  const grow = (): void => {
    const moreCells = new Int32Array(cells.length * 2);
    moreCells.set(cells);
    cells = moreCells;
    const moreTimes = new Float64Array(times.length * 2);
    moreTimes.set(times);
    times = moreTimes;
    const morePartitions = new Int32Array(partitions.length * 2);
    morePartitions.set(partitions);
    partitions = morePartitions;
  };

  const rowsOf = (partition: number): Int32Array => {
    const rows = new Int32Array(counts[partition] ?? 0);
    let found = 0;
    for (let index = 0; index < size; index++) {
      if (partitions[index] === partition) rows[found++] = index;
    }
    return rows;
  };

  let scratch = new Int32Array(1 << 10);
  function* columnsOf(rows: Int32Array): Generator<ParquetColumn, void, undefined> {
    if (scratch.length < rows.length) scratch = new Int32Array(rows.length * 2);
    const values = scratch.subarray(0, rows.length);
    for (const [column, { name, kind }] of eventColumns.entries()) {
      if (kind === "time") {
        const found = new Float64Array(rows.length);
        for (let index = 0; index < rows.length; index++) {
          found[index] = times[rows[index] as number] as number;
        }
        yield { kind: "timestamp", name, values: found };
        continue;
      }
      for (let index = 0; index < rows.length; index++) {
        values[index] = cells[(rows[index] as number) * width + column] as number;
      }
      yield kind === "boolean"
        ? { kind: "boolean", name, values: new Int8Array(values) }
        : { kind: "text", name, ids: values, isRandom: randomColumns.has(name) };
    }
  }

  return {
    row,
    commit: (timeMs, partition) => {
      if (size === times.length) grow();
      const from = size * width;
      for (let column = 0; column < width; column++) cells[from + column] = row[column] as number;
      times[size] = timeMs;
      partitions[size] = partition;
      counts[partition] = (counts[partition] ?? 0) + 1;
      size += 1;
    },
    count: (partition) => counts[partition] ?? 0,
    columns: (partition) => columnsOf(rowsOf(partition)),
    times: (partition) => {
      let firstMs = Number.POSITIVE_INFINITY;
      let lastMs = Number.NEGATIVE_INFINITY;
      for (let index = 0; index < size; index++) {
        if (partitions[index] !== partition) continue;
        firstMs = Math.min(firstMs, times[index] as number);
        lastMs = Math.max(lastMs, times[index] as number);
      }
      return { firstMs, lastMs };
    },
    clear: () => {
      size = 0;
      counts = [];
    },
  };
}
