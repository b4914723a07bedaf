import type { Kernel } from "../kernel/kernel.ts";
import {
  type KernelColumn,
  type ParquetColumn,
  timestampFactor,
} from "../parquet/parquet-column.ts";
import { errorClasses } from "../record/error-class.ts";
import type { TextPool } from "../record/text-pool.ts";
import { keyTexts } from "./key-texts.ts";

/** The columns of a kernel's keys, to be encoded by it; they are sorted by day when asked for. */
export function keyPages(kernel: Kernel, pool: TextPool): () => readonly ParquetColumn[] {
  const classes = kernel.allocate(errorClasses.length * 4);
  const number = (kind: "integer" | "timestamp", name: string, which: number): KernelColumn => ({
    kind,
    name,
    encode: () => kernel.encodeKeyNumbers(which, kind === "timestamp" ? timestampFactor : 1),
  });
  const columns: readonly ParquetColumn[] = [
    ...keyTexts.map(
      (name, member): KernelColumn => ({
        kind: "text",
        name,
        encode: () => kernel.encodeKeyTexts(member),
      }),
    ),
    {
      kind: "text",
      name: "errorClass",
      encode: () => kernel.encodeKeyClasses(keyTexts.length, classes),
    },
    { kind: "date", name: "day", encode: () => kernel.encodeKeyDays(keyTexts.length + 1) },
    number("integer", "count", 0),
    number("timestamp", "firstTime", 1),
    number("timestamp", "lastTime", 2),
  ];
  return () => {
    const ids = errorClasses.map((name) => pool.addText(name));
    kernel.numbers().set(ids, classes >> 2);
    kernel.sortKeys();
    return columns;
  };
}
