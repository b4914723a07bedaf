import type { ParquetColumn } from "../parquet/parquet-writer.ts";
import { eventColumns, ownColumns } from "./event-columns.ts";

const width = eventColumns.length;
const ownWidth = ownColumns.length;

/**
 * Rows of events in memory. Most events are like an earlier one but for their ids and time, so what
 * is the same is held once, as a shape: a number a text column, 1, 0 or -1 a truth.
 */
export interface RowTable {
  /** The shape being filled in; `addShape` makes it count. Own columns and times are not in it. */
  readonly shape: Int32Array;
  /** The texts of the row being filled in that no other has, in the order of `ownColumns`. */
  readonly own: Int32Array;
  /** The number of the shape that was filled in. */
  addShape(): number;
  /** Copies some columns of a shape. */
  readShape(shape: number, columns: Int32Array, target: Int32Array): void;
  /** Adds a row of that shape to a partition, which is numbered from 0. */
  commit(shape: number, timeMs: number, partition: number): void;
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
  const shape = new Int32Array(width);
  const own = new Int32Array(ownWidth);
  let size = 0;
  let shapeCount = 0;
  // All begin small: what makes them larger is then done before the engine compiles this.
  let cells = new Int32Array(width << 4);
  let owns = new Int32Array(ownWidth << 4);
  let shapes = new Int32Array(1 << 4);
  let times = new Float64Array(1 << 4);
  let partitions = new Int32Array(1 << 4);
  let counts: number[] = [];
  /** Rows in the order of their partitions, and where each of these begins; made when asked for. */
  let order = new Int32Array(1 << 4);
  let begins: Int32Array | undefined;
  /** By shape: its number among those of a partition, plus one. */
  let localOf = new Int32Array(1 << 4);
  let locals = new Int32Array(1 << 4);
  let places = new Int32Array(1 << 4);
  let scratch = new Int32Array(1 << 4);

  const sortRows = (): Int32Array => {
    if (begins !== undefined) return begins;
    const next = new Int32Array(counts.length + 1);
    for (let index = 0; index < counts.length; index++) {
      next[index + 1] = (next[index] as number) + (counts[index] ?? 0);
    }
    begins = next.slice();
    if (order.length < size) order = new Int32Array(size * 2);
    for (let row = 0; row < size; row++) {
      const partition = partitions[row] as number;
      const at = next[partition] as number;
      order[at] = row;
      next[partition] = at + 1;
    }
    return begins;
  };

  const rowsOf = (partition: number): Int32Array => {
    const starts = sortRows();
    return order.subarray(starts[partition] ?? 0, starts[partition + 1] ?? 0);
  };

  /** Numbers the shapes of some rows; by row, its shape's number. Gives how many there are. */
  const numberShapes = (rows: Int32Array): number => {
    let found = 0;
    for (let index = 0; index < rows.length; index++) {
      const held = shapes[rows[index] as number] as number;
      let local = localOf[held] as number;
      if (local === 0) {
        locals[found] = held;
        found += 1;
        local = found;
        localOf[held] = local;
      }
      places[index] = local - 1;
    }
    for (let index = 0; index < found; index++) localOf[locals[index] as number] = 0;
    return found;
  };

  const gatherShapes = (count: number, column: number): Int32Array => {
    for (let index = 0; index < count; index++) {
      scratch[index] = cells[(locals[index] as number) * width + column] as number;
    }
    return scratch.subarray(0, count);
  };

  const gatherOwn = (rows: Int32Array, column: number): Int32Array => {
    for (let index = 0; index < rows.length; index++) {
      scratch[index] = owns[(rows[index] as number) * ownWidth + column] as number;
    }
    return scratch.subarray(0, rows.length);
  };

  const gatherTruths = (rows: Int32Array, column: number): Int8Array => {
    const values = new Int8Array(rows.length);
    for (let index = 0; index < rows.length; index++) {
      const held = shapes[rows[index] as number] as number;
      values[index] = cells[held * width + column] as number;
    }
    return values;
  };

  const gatherTimes = (rows: Int32Array): Float64Array => {
    const values = new Float64Array(rows.length);
    for (let index = 0; index < rows.length; index++) {
      values[index] = times[rows[index] as number] as number;
    }
    return values;
  };

  function* columnsOf(rows: Int32Array): Generator<ParquetColumn, void, undefined> {
    if (scratch.length < size) scratch = new Int32Array(size * 2);
    if (places.length < size) places = new Int32Array(size * 2);
    if (localOf.length < shapeCount) {
      localOf = new Int32Array(shapeCount * 2);
      locals = new Int32Array(shapeCount * 2);
    }
    const count = numberShapes(rows);
    const rowPlaces = places.subarray(0, rows.length);
    for (const [column, { name, kind }] of eventColumns.entries()) {
      const ownColumn = ownColumns.indexOf(column);
      if (kind === "time") yield { kind: "timestamp", name, values: gatherTimes(rows) };
      else if (kind === "boolean") {
        yield { kind: "boolean", name, values: gatherTruths(rows, column) };
      } else if (ownColumn !== -1) {
        yield { kind: "text", name, ids: gatherOwn(rows, ownColumn), isRandom: true };
      } else yield { kind: "text", name, ids: gatherShapes(count, column), places: rowPlaces };
    }
  }

  return {
    shape,
    own,
    addShape: () => {
      const number = shapeCount;
      const from = number * width;
      if (from === cells.length) {
        const more = new Int32Array(cells.length * 2);
        more.set(cells);
        cells = more;
      }
      for (let column = 0; column < width; column++) cells[from + column] = shape[column] as number;
      shapeCount += 1;
      return number;
    },
    readShape: (number, columns, target) => {
      const from = number * width;
      for (let index = 0; index < columns.length; index++) {
        target[index] = cells[from + (columns[index] as number)] as number;
      }
    },
    commit: (number, timeMs, partition) => {
      if (size === times.length) {
        times = twice(times, new Float64Array(size * 2));
        shapes = twice(shapes, new Int32Array(size * 2));
        partitions = twice(partitions, new Int32Array(size * 2));
        owns = twice(owns, new Int32Array(owns.length * 2));
      }
      const from = size * ownWidth;
      for (let column = 0; column < ownWidth; column++) {
        owns[from + column] = own[column] as number;
      }
      shapes[size] = number;
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
      for (const row of rowsOf(partition)) {
        firstMs = Math.min(firstMs, times[row] as number);
        lastMs = Math.max(lastMs, times[row] as number);
      }
      return { firstMs, lastMs };
    },
    clear: () => {
      size = 0;
      shapeCount = 0;
      counts = [];
      begins = undefined;
    },
  };
}

function twice<T extends Int32Array | Float64Array>(old: T, next: T): T {
  next.set(old);
  return next;
}
