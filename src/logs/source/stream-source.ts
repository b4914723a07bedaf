import { createHash } from "node:crypto";
import { isGzip, mostLogBytes } from "../read/decode-log.ts";
import type { LogGroup, LogSource } from "./log-source.ts";

const blockBytes = 16 * 1_048_576;

/**
 * Events from a stream such as standard input: JSON lines in blocks, or one packed or unpacked file
 * of up to 512 MiB.
 */
export function streamSource(name: string, stream: AsyncIterable<Uint8Array | string>): LogSource {
  /** Blocks that were not read yet; each can be read once. */
  const held = new Map<string, Uint8Array>();

  const group = (bytes: Buffer, start: number): LogGroup => {
    const object = {
      name: `${name}#${start}`,
      size: bytes.length,
      tag: createHash("sha256").update(bytes).digest("hex"),
    };
    held.set(object.name, bytes);
    return { account: "unknown", month: "unknown", objects: [object] };
  };

  async function* groups(): AsyncGenerator<LogGroup, void, undefined> {
    let parts: Buffer[] = [];
    let size = 0;
    let start = 0;
    let isPacked = false;
    for await (const chunk of stream) {
      const bytes = typeof chunk === "string" ? Buffer.from(chunk) : Buffer.from(chunk);
      if (start === 0 && parts.length === 0) isPacked = isGzip(bytes);
      parts.push(bytes);
      size += bytes.length;
      if (size < (isPacked ? mostLogBytes : blockBytes)) continue;
      const line = isPacked ? -1 : bytes.lastIndexOf(0x0a);
      if (line === -1 && size < mostLogBytes) continue;
      const whole = Buffer.concat(parts);
      const end = line === -1 ? whole.length : whole.length - bytes.length + line + 1;
      yield group(whole.subarray(0, end), start);
      start += end;
      parts = end === whole.length ? [] : [whole.subarray(end)];
      size = whole.length - end;
    }
    if (size > 0) yield group(Buffer.concat(parts), start);
  }

  return {
    name,
    groups,
    gaps: [],
    isLasting: false,
    read: async (object) => {
      const bytes = held.get(object.name);
      if (bytes === undefined) throw new Error(`${object.name} was read already`);
      held.delete(object.name);
      return bytes;
    },
  };
}
