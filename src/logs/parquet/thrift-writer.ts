/** Writes structs by Thrift's compact protocol, member by member, in ascending order of numbers. */
export interface ThriftWriter {
  /** Begins anew with an empty struct. */
  begin(): void;
  i32(member: number, value: number): void;
  /** At most 2^53. */
  i64(member: number, value: number): void;
  bool(member: number, value: boolean): void;
  text(member: number, value: string): void;
  /** Begins a struct within this one; `endStruct` ends it. */
  struct(member: number): void;
  endStruct(): void;
  /** Begins a list of so many structs; each is begun with `item` and ended with `endStruct`. */
  structs(member: number, count: number): void;
  item(): void;
  numbers(member: number, values: readonly number[]): void;
  texts(member: number, values: readonly string[]): void;
  /** Ends the struct begun first: its bytes, good until the next is begun. */
  end(): Uint8Array;
}

const types = { true: 1, false: 2, i32: 5, i64: 6, binary: 8, list: 9, struct: 12 };

/**
 * Makes a writer.
 *
 * @see https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export function createThriftWriter(): ThriftWriter {
  let bytes = Buffer.allocUnsafe(1 << 7);
  let at = 0;
  let last = 0;
  const outer: number[] = [];

  const need = (count: number): void => {
    if (at + count <= bytes.length) return;
    const more = Buffer.allocUnsafe(Math.max(bytes.length * 2, at + count));
    bytes.copy(more, 0, 0, at);
    bytes = more;
  };
  /** Seven bits a byte, the lowest first. */
  const varint = (value: number): void => {
    need(10);
    let rest = value;
    while (rest >= 0x80) {
      bytes[at++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    bytes[at++] = rest;
  };
  const zigzag = (value: number): void => varint(value >= 0 ? value * 2 : -value * 2 - 1);
  const head = (member: number, type: number): void => {
    if (member - last > 15) throw new Error("members of a struct are too far apart");
    need(1);
    bytes[at++] = ((member - last) << 4) | type;
    last = member;
  };
  const listHead = (count: number, type: number): void => {
    need(1);
    bytes[at++] = (Math.min(count, 15) << 4) | type;
    if (count >= 15) varint(count);
  };
  const string = (value: string): void => {
    const length = Buffer.byteLength(value);
    varint(length);
    need(length);
    at += bytes.write(value, at);
  };
  const enter = (): void => {
    outer.push(last);
    last = 0;
  };
  const leave = (): void => {
    need(1);
    bytes[at++] = 0;
    last = outer.pop() ?? 0;
  };

  return {
    begin: () => {
      at = 0;
      last = 0;
      outer.length = 0;
    },
    i32: (member, value) => {
      head(member, types.i32);
      zigzag(value);
    },
    i64: (member, value) => {
      head(member, types.i64);
      zigzag(value);
    },
    bool: (member, value) => head(member, value ? types.true : types.false),
    text: (member, value) => {
      head(member, types.binary);
      string(value);
    },
    struct: (member) => {
      head(member, types.struct);
      enter();
    },
    endStruct: leave,
    structs: (member, count) => {
      head(member, types.list);
      listHead(count, types.struct);
    },
    item: enter,
    numbers: (member, values) => {
      head(member, types.list);
      listHead(values.length, types.i32);
      for (const value of values) zigzag(value);
    },
    texts: (member, values) => {
      head(member, types.list);
      listHead(values.length, types.binary);
      for (const value of values) string(value);
    },
    end: () => {
      leave();
      return bytes.subarray(0, at);
    },
  };
}

/** Seven bits a byte, the lowest first; up to 2^53. */
export function writeVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
}
