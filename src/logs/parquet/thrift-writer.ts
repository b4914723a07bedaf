/** A member of a Thrift struct: its number and its value. */
export type ThriftMember = readonly [number, ThriftValue];

/** A value as Thrift's compact protocol writes it. */
export type ThriftValue =
  | { readonly kind: "i32" | "i64"; readonly value: number }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "binary"; readonly value: Uint8Array }
  | {
      readonly kind: "list";
      readonly of: ThriftValue["kind"];
      readonly items: readonly ThriftValue[];
    }
  | { readonly kind: "struct"; readonly members: readonly ThriftMember[] };

const typeNumbers: Readonly<Record<ThriftValue["kind"], number>> = {
  bool: 1,
  i32: 5,
  i64: 6,
  binary: 8,
  list: 9,
  struct: 12,
};

/** A 32-bit number. */
export function i32(value: number): ThriftValue {
  return { kind: "i32", value };
}

/** A 64-bit number, at most 2^53. */
export function i64(value: number): ThriftValue {
  return { kind: "i64", value };
}

/** A truth value. */
export function bool(value: boolean): ThriftValue {
  return { kind: "bool", value };
}

/** A text, or bytes. */
export function binary(value: string | Uint8Array): ThriftValue {
  return { kind: "binary", value: typeof value === "string" ? Buffer.from(value) : value };
}

/** A list of values of one kind. */
export function list(of: ThriftValue["kind"], items: readonly ThriftValue[]): ThriftValue {
  return { kind: "list", of, items };
}

/** A struct; its members in ascending order of their numbers, absent ones left out. */
export function struct(members: readonly (ThriftMember | undefined)[]): ThriftValue {
  return { kind: "struct", members: members.filter((member) => member !== undefined) };
}

/**
 * Writes a struct by Thrift's compact protocol.
 *
 * @see https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export function writeThrift(value: ThriftValue): Uint8Array {
  const bytes: number[] = [];
  write(bytes, value);
  return Uint8Array.from(bytes);
}

function write(bytes: number[], value: ThriftValue): void {
  switch (value.kind) {
    case "i32":
    case "i64":
      writeVarint(bytes, value.value >= 0 ? value.value * 2 : -value.value * 2 - 1);
      return;
    case "bool":
      bytes.push(value.value ? 1 : 2);
      return;
    case "binary":
      writeVarint(bytes, value.value.length);
      for (const byte of value.value) bytes.push(byte);
      return;
    case "list":
      if (value.items.length < 15) bytes.push((value.items.length << 4) | typeNumbers[value.of]);
      else {
        bytes.push(0xf0 | typeNumbers[value.of]);
        writeVarint(bytes, value.items.length);
      }
      for (const item of value.items) write(bytes, item);
      return;
    case "struct":
      writeStruct(bytes, value.members);
  }
}

function writeStruct(bytes: number[], members: readonly ThriftMember[]): void {
  let last = 0;
  for (const [number, value] of members) {
    const isTruth = value.kind === "bool";
    const type = isTruth && !value.value ? 2 : typeNumbers[value.kind];
    if (number - last > 15) throw new Error("members of a struct are too far apart");
    bytes.push(((number - last) << 4) | type);
    last = number;
    if (!isTruth) write(bytes, value);
  }
  bytes.push(0);
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
