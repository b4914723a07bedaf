/** A struct of Thrift's: members by their numbers. */
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

/** A value; binaries are views of the bytes read. */
export type ThriftValue = number | boolean | Uint8Array | readonly ThriftValue[] | ThriftStruct;

/**
 * Reads a struct by Thrift's compact protocol; numbers up to 2^53.
 *
 * @returns the struct and the place after it
 * @throws Error when the bytes are none
 * @see https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export function readThrift(
  bytes: Uint8Array,
  start: number,
): { readonly struct: ThriftStruct; readonly end: number } {
  let at = start;

  const byte = (): number => {
    const value = bytes[at++];
    if (value === undefined) throw new Error("a struct of the file is cut off");
    return value;
  };
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const next = byte();
      value += (next & 0x7f) * factor;
      if (next < 0x80) return value;
    }
  };
  const zigzag = (): number => {
    const value = varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  };
  const value = (type: number): ThriftValue => {
    switch (type) {
      case 1:
      case 2:
        return type === 1;
      case 3:
        return byte();
      case 4:
      case 5:
      case 6:
        return zigzag();
      case 8: {
        const length = varint();
        at += length;
        if (at > bytes.length) throw new Error("a struct of the file is cut off");
        return bytes.subarray(at - length, at);
      }
      case 9: {
        const head = byte();
        const count = head >> 4 === 15 ? varint() : head >> 4;
        return Array.from({ length: count }, () => value(head & 15));
      }
      case 12:
        return struct();
      default:
        throw new Error(`a struct of the file has a member of type ${type}`);
    }
  };
  const struct = (): ThriftStruct => {
    const members = new Map<number, ThriftValue>();
    let member = 0;
    for (let head = byte(); head !== 0; head = byte()) {
      member = head >> 4 === 0 ? zigzag() : member + (head >> 4);
      members.set(member, value(head & 15));
    }
    return members;
  };

  const found = struct();
  return { struct: found, end: at };
}
