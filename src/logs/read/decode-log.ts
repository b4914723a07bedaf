import { isUtf8 } from "node:buffer";
import { Readable } from "node:stream";
import zlib from "node:zlib";

/** A file's content, as far as it could be had. */
export interface DecodedLog {
  /** As it was unpacked, to the byte. */
  readonly unpacked: Buffer;
  /** As well-formed UTF-8, without a mark at its beginning; made when it is asked for. */
  text(): Buffer;
  /** Why there is less than there should be. */
  readonly problem?: string;
}

/** No file of CloudTrail's comes near it: trails write files of about 50 MB at most. */
export const mostLogBytes: number = 512 * 1_048_576;

/**
 * Unpacks a file, by its content and not by its name. Of a file that is cut off or damaged, what comes
 * before the damage is given.
 */
export async function decodeLog(raw: Uint8Array): Promise<DecodedLog> {
  const buffer = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const { bytes, problem } = isGzip(buffer)
    ? await unpack(buffer)
    : { bytes: buffer, problem: undefined };
  return decodedLog(bytes, problem);
}

/** What was unpacked, for who wants it as text. */
export function decodedLog(unpacked: Buffer, problem?: string): DecodedLog {
  const text = (): Buffer => {
    const hasMark = unpacked[0] === 0xef && unpacked[1] === 0xbb && unpacked[2] === 0xbf;
    const plain = hasMark ? unpacked.subarray(3) : unpacked;
    return isUtf8(plain) ? plain : Buffer.from(plain.toString("utf8"));
  };
  return { unpacked, text, ...(problem === undefined ? {} : { problem }) };
}

/** Whether bytes begin as gzip does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function unpack(packed: Buffer): Promise<{ bytes: Buffer; problem: string | undefined }> {
  try {
    const options = { maxOutputLength: mostLogBytes, chunkSize: likelySize(packed) };
    return { bytes: zlib.gunzipSync(packed, options), problem: undefined };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ERR_BUFFER_TOO_LARGE") {
      return {
        bytes: Buffer.alloc(0),
        problem: `it unpacks to more than ${mostLogBytes / 1_048_576} MiB`,
      };
    }
    const problem =
      code === "Z_BUF_ERROR" ? "the gzip file is cut off" : "the gzip file is damaged";
    return { bytes: await unpackPart(packed), problem };
  }
}

/**
 * The size that the end of the file tells, if it can be: unpacked into one piece of it, nothing needs
 * to be put together. A file that lies only takes longer.
 */
function likelySize(packed: Buffer): number {
  const told = packed.length < 8 ? 0 : packed.readUInt32LE(packed.length - 4);
  // Deflate packs at most about 1 : 1,032.
  return Math.max(1_024, Math.min(told + 64, packed.length * 1_040, 64 * 1_048_576));
}

/** A damaged file is unpacked in so many pieces at most, of so many bytes at least. */
const mostPieces = 16_384;
const leastPiece = 256;

/**
 * What can be unpacked before the damage. Of the piece in which it lies nothing is given, so pieces are
 * small.
 */
function unpackPart(packed: Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    // An end that is missing is no failure here: it would take the last piece with it.
    const stream = zlib.createGunzip({ finishFlush: zlib.constants.Z_SYNC_FLUSH });
    const end = (): void => resolve(Buffer.concat(parts));
    stream.on("data", (part: Buffer) => {
      size += part.length;
      if (size <= mostLogBytes) parts.push(part);
    });
    stream.on("error", end);
    stream.on("end", end);
    Readable.from(piecesOf(packed)).pipe(stream);
  });
}

function* piecesOf(packed: Buffer): Generator<Buffer, void, undefined> {
  const length = Math.max(leastPiece, Math.ceil(packed.length / mostPieces));
  for (let at = 0; at < packed.length; at += length) yield packed.subarray(at, at + length);
}
