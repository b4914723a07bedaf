import zlib from "node:zlib";
import { createSnappy, unpackSnappy } from "./snappy.ts";

/** Parquet's number of a codec. */
export type Codec = 0 | 1 | 2 | 6;

/** Without compression. */
export const uncompressed: Codec = 0;

/** Bytes and the codec that they are compressed with. */
export interface Compressed {
  readonly codec: Codec;
  readonly bytes: Uint8Array;
}

/** Compresses pages. */
export interface Compressor {
  /**
   * Compresses a page, or leaves it where that does not help. `isRandom` is for texts in which
   * nothing comes twice, such as ids. What it gives is good until the next call.
   */
  compress(bytes: Uint8Array, isRandom?: boolean): Compressed;
}

/** Leaves pages as they are. */
export const noCompressor: Compressor = {
  compress: (bytes) => ({ codec: uncompressed, bytes }),
};

type ZstdCompress = (bytes: Uint8Array) => Buffer;

/** Below this it is not worth a call. */
const leastBytes = 1_024;

/**
 * Makes a compressor: by Zstandard where Node.js has it (22.15 and newer), else by Snappy, and by
 * gzip's Huffman codes alone what is random.
 */
export function createCompressor(): Compressor {
  const zstd = (zlib as { readonly zstdCompressSync?: ZstdCompress }).zstdCompressSync;
  const snappy = createSnappy();
  const options = { level: 1, strategy: zlib.constants.Z_HUFFMAN_ONLY };
  const pack = (bytes: Uint8Array, isRandom: boolean): Compressed => {
    if (zstd !== undefined) return { codec: 6, bytes: zstd(bytes) };
    return isRandom
      ? { codec: 2, bytes: zlib.gzipSync(bytes, options) }
      : { codec: 1, bytes: snappy.compress(bytes, bytes.length) };
  };
  return {
    compress: (bytes, isRandom = false) => {
      if (bytes.length < leastBytes) return { codec: uncompressed, bytes };
      const packed = pack(bytes, isRandom);
      return packed.bytes.length < bytes.length * 0.95 ? packed : { codec: uncompressed, bytes };
    },
  };
}

/** Takes back what a {@link Compressor} did. Throws when this Node.js lacks the codec. */
export function decompress({ codec, bytes }: Compressed): Uint8Array {
  if (codec === uncompressed) return bytes;
  if (codec === 1) return unpackSnappy(bytes);
  if (codec === 2) return zlib.gunzipSync(bytes);
  const zstd = (zlib as { readonly zstdDecompressSync?: ZstdCompress }).zstdDecompressSync;
  if (zstd === undefined) {
    throw new Error("the lake was written by a newer Node.js, with Zstandard; this one has none");
  }
  return zstd(bytes);
}
