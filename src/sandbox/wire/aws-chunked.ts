import type { WireRequest } from "./message.ts";

/** The bytes of a request's body, taken out of the `aws-chunked` coding where it has that. */
export function unchunkedBody({ headers, body }: WireRequest): Uint8Array {
  const isChunked =
    headers["x-amz-content-sha256"]?.startsWith("STREAMING-") === true ||
    headers["content-encoding"]?.includes("aws-chunked") === true;
  return isChunked ? decodeChunks(body) : body;
}

/**
 * Decodes `aws-chunked`: chunks of `SIZE;extensions CRLF bytes CRLF` up to one of size 0, after
 * which trailers may follow. Signatures of chunks are not checked.
 */
function decodeChunks(body: Uint8Array): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const chunks: Uint8Array[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const lineEnd = bytes.indexOf("\r\n", offset);
    if (lineEnd < 0) break;
    const size = Number.parseInt(bytes.toString("latin1", offset, lineEnd), 16);
    if (!(size > 0)) break;
    const start = lineEnd + 2;
    chunks.push(bytes.subarray(start, start + size));
    offset = start + size + 2;
  }
  return Buffer.concat(chunks);
}
