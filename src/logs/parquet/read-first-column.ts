import { closeSync, openSync, readSync } from "node:fs";
import { type Codec, decompress } from "./compress.ts";
import { hintBytes } from "./parquet-writer.ts";

/** The texts of the first column of a file that `createParquetWriter` wrote, nulls left out. */
export function readFirstColumn(path: string): readonly Uint8Array[] {
  const file = openSync(path, "r");
  try {
    const hint = Buffer.alloc(hintBytes);
    readSync(file, hint, 0, hintBytes, 4);
    const length = hint.readUInt32LE(4);
    const count = hint.readUInt32LE(8);
    if (count === 0) return [];
    const stored = Buffer.alloc(length);
    readSync(file, stored, 0, length, hint.readUInt32LE(0));
    const bytes = decompress({ codec: hint.readUInt32LE(12) as Codec, bytes: stored });
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const texts: Uint8Array[] = [];
    for (let at = 0; texts.length < count; ) {
      const size = view.getUint32(at, true);
      texts.push(bytes.subarray(at + 4, at + 4 + size));
      at += 4 + size;
    }
    return texts;
  } finally {
    closeSync(file);
  }
}
