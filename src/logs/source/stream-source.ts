import { createHash } from "node:crypto";
import { isGzip, mostLogBytes } from "../read/decode-log.ts";
import { isOfLines, lastCut } from "./cut-text.ts";
import type { LogGroup, LogSource } from "./log-source.ts";

const blockBytes = 16 * 1_048_576;

/**
 * Events from a stream such as standard input: JSON lines, or unpacked files one after the other, in
 * blocks, or one packed or unpacked file of up to 512 MiB.
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
    let ofLines: boolean | undefined;
    for await (const chunk of stream) {
      const bytes = typeof chunk === "string" ? Buffer.from(chunk) : Buffer.from(chunk);
      if (start === 0 && parts.length === 0) isPacked = isGzip(bytes);
      parts.push(bytes);
      size += bytes.length;
      if (size < (isPacked ? mostLogBytes : blockBytes)) continue;
      if (!isPacked) ofLines ??= isOfLines(Buffer.concat(parts));
      const cut = isPacked ? -1 : lastCut(bytes, ofLines === true);
      if (cut === -1 && size < mostLogBytes) continue;
      const whole = Buffer.concat(parts);
      const end = cut === -1 ? whole.length : whole.length - bytes.length + cut;
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
