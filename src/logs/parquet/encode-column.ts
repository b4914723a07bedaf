import type { Kernel } from "../kernel/kernel.ts";
import { type KernelColumn, type ParquetColumn, timestampFactor } from "./parquet-column.ts";

/** Has the kernel encode a column whose values JavaScript holds. */
export function encodeColumn(
  kernel: Kernel,
  column: Exclude<ParquetColumn, KernelColumn>,
  rows: number,
): void {
  switch (column.kind) {
    case "text": {
      const { ids, places, isRandom } = column;
      const [at, placesAt] = lend(kernel, ids, places);
      if (isRandom === true) kernel.encodeRandom(at, rows);
      else kernel.encodeTexts(at, ids.length, placesAt, rows);
      return;
    }
    case "boolean":
      kernel.encodeTruths(lend(kernel, Int32Array.from(column.values))[0], 0, rows);
      return;
    case "timestamp":
    case "integer": {
      const factor = column.kind === "timestamp" ? timestampFactor : 1;
      const at = kernel.openScratch(column.values.length * 8);
      kernel.floats().set(column.values, at >> 3);
      kernel.encodeNumbers(at, rows, factor);
      return;
    }
    case "date":
    case "number":
      kernel.encodeIntegers(lend(kernel, column.values)[0], rows);
  }
}

/** Lends the kernel lists until the next: where they lie; 0 for the second when it is missing. */
function lend(kernel: Kernel, first: Int32Array, second?: Int32Array): [number, number] {
  const at = kernel.openScratch((first.length + (second?.length ?? 0)) * 4);
  const numbers = kernel.numbers();
  numbers.set(first, at >> 2);
  if (second === undefined) return [at, 0];
  numbers.set(second, (at >> 2) + first.length);
  return [at, at + first.length * 4];
}
