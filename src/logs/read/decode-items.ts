import { readFileSync } from "node:fs";
import zlib from "node:zlib";
import { reasonOf } from "../../store/file-errors.ts";
import { type DecodedLog, decodedLog, decodeLog, isGzip } from "./decode-log.ts";
import type { LogItem } from "./log-object.ts";

/** An object's content, or why it could not be read. */
export type DecodedItem =
  | { readonly item: LogItem; readonly decoded: DecodedLog }
  | { readonly item: LogItem; readonly reason: string };

/** Files of at most so many packed bytes are unpacked with others, up to so many unpacked. */
const mostSmall = 32_768;
const mostTogether = 2 * 1_048_576;

/** What was unpacked, and of how many bytes. */
interface Unpacked {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** A packed file that is small, and the unpacked size that its end tells. */
interface Small {
  readonly item: LogItem;
  readonly raw: Buffer;
  readonly size: number;
}

/**
 * Reads and unpacks objects, in their order. Small ones are unpacked many at a time: for each call,
 * zlib takes as long to begin as for 20 events.
 */
export async function* decodeItems(
  items: readonly LogItem[],
): AsyncGenerator<DecodedItem, void, undefined> {
  let waiting: Small[] = [];
  let size = 0;
  for (const item of items) {
    let raw: Buffer | undefined;
    let reason = "";
    try {
      raw = item.bytes === undefined ? readFileSync(item.object.name) : bufferOf(item.bytes);
    } catch (error) {
      reason = reasonOf(error);
    }
    const small = raw === undefined ? undefined : smallOf(item, raw);
    if (small === undefined || size + small.size > mostTogether) {
      yield* decodeTogether(waiting);
      waiting = [];
      size = 0;
    }
    if (small !== undefined) {
      waiting.push(small);
      size += small.size;
    } else if (raw === undefined) yield { item, reason };
    else yield { item, decoded: await decodeLog(raw) };
  }
  yield* decodeTogether(waiting);
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function smallOf(item: LogItem, raw: Buffer): Small | undefined {
  if (raw.length < 20 || raw.length > mostSmall || !isGzip(raw)) return undefined;
  const size = raw.readUInt32LE(raw.length - 4);
  return size > mostTogether ? undefined : { item, raw, size };
}

async function* decodeTogether(
  files: readonly Small[],
): AsyncGenerator<DecodedItem, void, undefined> {
  const unpacked = files.length < 2 ? undefined : unpackTogether(files);
  if (unpacked === undefined) {
    for (const { item, raw } of files) yield { item, decoded: await decodeLog(raw) };
    return;
  }
  let at = 0;
  for (const { item, size } of files) {
    yield { item, decoded: decodedLog(unpacked.subarray(at, at + size)) };
    at += size;
  }
}

/**
 * Unpacks files as the members of one: zlib checks the length and sum of each. `undefined` when one
 * of them is damaged, or is not one member whose end tells its size.
 */
function unpackTogether(files: readonly Small[]): Buffer | undefined {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  try {
    const packed = Buffer.concat(files.map(({ raw }) => raw));
    const options = {
      maxOutputLength: mostTogether,
      chunkSize: Math.max(64, size + 64),
      info: true,
    };
    // With `info` it gives another thing than its type says.
    const { buffer, engine } = zlib.gunzipSync(packed, options) as unknown as Unpacked;
    // It stops at what is no member: then the sizes may be right by chance.
    const isWhole = engine.bytesWritten === packed.length && buffer.length === size;
    return isWhole ? buffer : undefined;
  } catch {
    return undefined;
  }
}
