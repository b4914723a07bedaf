import zlib from "node:zlib";

/** Parquet's number of a codec. */
export type Codec = 0 | 2;

/** Without compression. */
export const uncompressed: Codec = 0;

/** Bytes and the codec that they are compressed with. */
export interface Compressed {
  readonly codec: Codec;
  readonly bytes: Uint8Array;
}

const gzip: Codec = 2;

/**
 * Smaller pages stay as they are: to begin is what takes zlib time, and to take them in makes a lake
 * smaller by a tenth only.
 */
export const leastPacked = 8_192;
/** Below this ids stay as they are. */
export const leastRandomPacked = 1_024;
/** No page has so many bytes. */
export const unpacked = 0x7fff_ffff;

const quick = { level: 1 };
const random = { level: 1, strategy: zlib.constants.Z_HUFFMAN_ONLY };

/**
 * Compresses a page by gzip, which all readers of Parquet know; `undefined` where that does not help.
 * `isRandom` is for texts in which nothing comes twice, such as ids: Huffman codes alone.
 */
export function compress(bytes: Uint8Array, isRandom: boolean): Uint8Array | undefined {
  const packed = zlib.gzipSync(bytes, isRandom ? random : quick);
  return packed.length < bytes.length * 0.95 ? packed : undefined;
}

/** Takes back what {@link compress} did; throws for a codec that it does not use. */
export function decompress({ codec, bytes }: Compressed): Uint8Array {
  if (codec === uncompressed) return bytes;
  if (codec === gzip) return zlib.gunzipSync(bytes);
  throw new Error(`it is packed by codec ${codec}, which the lake does not have`);
}
