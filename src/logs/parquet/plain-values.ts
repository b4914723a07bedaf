import type { NumberColumn } from "./parquet-writer.ts";
import { writeVarint } from "./thrift-writer.ts";

/** Values as Parquet's plain encoding has them, nulls left out, and which rows have one. */
export interface PlainValues {
  readonly present: number;
  readonly levels: Uint8Array;
  readonly values: Uint8Array;
}

/** Writes the values of a column. */
export function plainValues(column: NumberColumn, rows: number): PlainValues {
  const { values } = column;
  if (column.kind === "boolean") {
    const { present, levels } = presence(values, rows, -1);
    return { present, levels, values: truths(column.values, rows, present) };
  }
  const { present, levels } = presence(values, rows, Number.NaN);
  const size = column.kind === "date" || column.kind === "number" ? 4 : 8;
  const bytes = new Uint8Array(present * size);
  const view = new DataView(bytes.buffer);
  // A timestamp is stored in microseconds: the unit that every reader knows.
  const factor = column.kind === "timestamp" ? 1_000 : 1;
  let at = 0;
  for (let row = 0; row < rows; row++) {
    const value = (values[row] as number) * factor;
    if (Number.isNaN(value)) continue;
    if (size === 8) {
      const high = Math.floor(value / 2 ** 32);
      view.setUint32(at, value - high * 2 ** 32, true);
      view.setInt32(at + 4, high, true);
    } else view.setInt32(at, value, true);
    at += size;
  }
  return { present, levels, values: bytes };
}

function truths(values: Int8Array, rows: number, present: number): Uint8Array {
  const bits = new Uint8Array(Math.ceil(present / 8));
  let index = 0;
  for (let row = 0; row < rows; row++) {
    if (values[row] === -1) continue;
    if (values[row] === 1) bits[index >> 3] = (bits[index >> 3] as number) | (1 << (index & 7));
    index += 1;
  }
  return bits;
}

type Values = Int32Array | Int8Array | Float64Array;

function presence(
  values: Values,
  rows: number,
  absent: number,
): { readonly present: number; readonly levels: Uint8Array } {
  let present = 0;
  for (let row = 0; row < rows; row++) if (!Object.is(values[row], absent)) present += 1;
  return { present, levels: presenceLevels(values, rows, present, absent) };
}

/** Definition levels: which rows hold another value than `absent`, of which there are `present`. */
export function presenceLevels(
  values: Values,
  rows: number,
  present: number,
  absent: number,
): Uint8Array {
  const head: number[] = [];
  if (present === rows || present === 0) {
    writeVarint(head, rows * 2);
    head.push(present === 0 ? 0 : 1);
    return Uint8Array.from(head);
  }
  const groups = Math.ceil(rows / 8);
  writeVarint(head, groups * 2 + 1);
  const levels = new Uint8Array(head.length + groups);
  levels.set(head);
  const isNan = Number.isNaN(absent);
  for (let row = 0; row < rows; row++) {
    const isAbsent = isNan ? Number.isNaN(values[row]) : values[row] === absent;
    const at = head.length + (row >> 3);
    if (!isAbsent) levels[at] = (levels[at] as number) | (1 << (row & 7));
  }
  return levels;
}
