import type { Kernel } from "../kernel/kernel.ts";
import { leastPacked, leastRandomPacked, unpacked } from "./compress.ts";
import { encodeColumn } from "./encode-column.ts";
import { columnKinds, type ParquetColumn } from "./parquet-column.ts";

/**
 * Bytes after Parquet's magic that readers of Parquet jump over: where the texts of the first column
 * lie, how many bytes they take, how many they are, and their codec, four bytes each. So they are
 * read without a footer.
 */
export const hintBytes = 16;

/** Writes files of one table, whose texts are in the kernel's pool. */
export interface ParquetWriter {
  /**
   * The bytes of a file of one row group, good until the kernel is called again. The first column is
   * a text, `isRandom`. With `isPacked` false pages are left as they are, for files that are read more
   * often than space matters.
   */
  write(columns: Iterable<ParquetColumn>, rows: number, isPacked?: boolean): Buffer;
}

/**
 * Makes a writer: data pages of version 2, texts as dictionaries, nulls by definition levels. It
 * writes what the lake needs of the format and no more.
 *
 * @see https://parquet.apache.org/docs/file-format/
 */
export function createParquetWriter({ kernel }: { readonly kernel: Kernel }): ParquetWriter {
  const names = new Map<string, number>();
  const placeOf = (name: string): number => {
    const known = names.get(name);
    if (known !== undefined) return known;
    const place = kernel.keep(Buffer.from(name));
    names.set(name, place);
    return place;
  };
  return {
    write: (columns, rows, isPacked = true) => {
      if (isPacked) kernel.beginFile(leastPacked, leastRandomPacked);
      else kernel.beginFile(unpacked, unpacked);
      for (const column of columns) {
        const { name, kind } = column;
        if ("encode" in column) column.encode();
        else encodeColumn(kernel, column, rows);
        const isRandom = column.kind === "text" && "isRandom" in column && column.isRandom === true;
        const place = placeOf(name);
        kernel.addColumn(place, Buffer.byteLength(name), columnKinds[kind], isRandom ? 1 : 0, rows);
      }
      const start = kernel.endFile(rows);
      return Buffer.from(kernel.bytes().buffer, start, kernel.fileBytes());
    },
  };
}
