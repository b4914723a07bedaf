import zlib from "node:zlib";

/** Parquet's number of a codec. */
export type Codec = 0 | 2 | 6;

/** Without compression. */
export const uncompressed: Codec = 0;

/** Bytes and the codec that they are compressed with. */
export interface Compressed {
  readonly codec: Codec;
  readonly bytes: Uint8Array;
}

type ZstdCompress = (bytes: Uint8Array) => Buffer;

/** Below this it is not worth a call. */
const leastBytes = 1_024;

/**
 * Compresses a page: by Zstandard where Node.js has it (22.15 and newer), else by gzip; not at all
 * where that does not help. `isRandom` is for texts in which nothing comes twice, such as ids.
 */
export function compress(bytes: Uint8Array, isRandom: boolean = false): Compressed {
  if (bytes.length < leastBytes) return { codec: uncompressed, bytes };
  const zstd = (zlib as { readonly zstdCompressSync?: ZstdCompress }).zstdCompressSync;
  if (zstd !== undefined) return { codec: 6, bytes: zstd(bytes) };
  const packed = zlib.gzipSync(bytes, {
    level: 1,
    ...(isRandom ? { strategy: zlib.constants.Z_HUFFMAN_ONLY } : {}),
  });
  return packed.length < bytes.length * 0.95
    ? { codec: 2, bytes: packed }
    : { codec: uncompressed, bytes };
}

/** Takes back what {@link compress} did. Throws when this Node.js lacks the codec. */
export function decompress({ codec, bytes }: Compressed): Uint8Array {
  if (codec === uncompressed) return bytes;
  if (codec === 2) return zlib.gunzipSync(bytes);
  const zstd = (zlib as { readonly zstdDecompressSync?: ZstdCompress }).zstdDecompressSync;
  if (zstd === undefined) {
    throw new Error("the lake was written by a newer Node.js, with Zstandard; this one has none");
  }
  return zstd(bytes);
}
