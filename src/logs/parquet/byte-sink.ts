/** Bytes that are written one after the other, in memory that is kept. */
export interface ByteSink {
  /** Begins anew, with nothing written. */
  begin(): void;
  add(bytes: Uint8Array): void;
  addByte(byte: number): void;
  /** How many bytes are written. */
  length(): number;
  /** What is written; good until the next is begun. */
  bytes(): Buffer;
}

/** Shorter pieces are copied byte by byte, which is quicker than to call for it. */
const mostShort = 64;

/** Makes an empty sink. */
export function createByteSink(): ByteSink {
  let held = Buffer.allocUnsafe(1 << 10);
  let at = 0;

  const grow = (count: number): void => {
    const next = Buffer.allocUnsafe(Math.max(held.length * 2, at + count));
    next.set(held.subarray(0, at));
    held = next;
  };

  return {
    begin: () => {
      at = 0;
    },
    add: (bytes) => {
      const { length } = bytes;
      if (at + length > held.length) grow(length);
      if (length > mostShort) {
        held.set(bytes, at);
        at += length;
      } else for (let index = 0; index < length; index++) held[at++] = bytes[index] as number;
    },
    addByte: (byte) => {
      if (at === held.length) grow(1);
      held[at++] = byte;
    },
    length: () => at,
    bytes: () => held.subarray(0, at),
  };
}
