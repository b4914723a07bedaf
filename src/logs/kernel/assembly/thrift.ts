/**
 * Writes structs by Thrift's compact protocol, member by member, in ascending order of numbers.
 *
 * @see https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
import { putByte, putBytes } from "./file-bytes";

const trueType = 1;
const falseType = 2;
const i32Type = 5;
const i64Type = 6;
const binaryType = 8;
const listType = 9;
const structType = 12;

const mostDepth = 8;
let depth = 0;
/** By depth: the number of the last member. */
const lasts = memory.data(mostDepth * 4);

/** Begins a struct that is in no other. */
export function beginStruct(): void {
  depth = 0;
  store<i32>(lasts, 0);
}

/** Begins a struct that is an item of a list. */
export function item(): void {
  depth += 1;
  store<i32>(lasts + (depth << 2), 0);
}

export function endStruct(): void {
  putByte(0);
  depth -= 1;
}

function head(member: i32, type: i32): void {
  const last = lasts + (depth << 2);
  putByte(((member - load<i32>(last)) << 4) | type);
  store<i32>(last, member);
}

function listHead(count: i32, type: i32): void {
  putByte((min(count, 15) << 4) | type);
  if (count >= 15) varint(count);
}

/** Seven bits a byte, the lowest first. */
function varint(value: u64): void {
  let rest = value;
  while (rest >= 0x80) {
    putByte(<i32>(rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  putByte(<i32>rest);
}

/** Only what is not negative is written. */
export function addNumber(member: i32, value: i32): void {
  head(member, i32Type);
  varint((<u64>value) << 1);
}

export function addLong(member: i32, value: i64): void {
  head(member, i64Type);
  varint((<u64>value) << 1);
}

export function addTruth(member: i32, value: bool): void {
  head(member, value ? trueType : falseType);
}

export function addName(member: i32, text: usize, length: i32): void {
  head(member, binaryType);
  putText(text, length);
}

/** A list of one text. */
export function addNames(member: i32, text: usize, length: i32): void {
  head(member, listType);
  listHead(1, binaryType);
  putText(text, length);
}

function putText(text: usize, length: i32): void {
  varint(length);
  putBytes(text, text + length);
}

export function openStruct(member: i32): void {
  head(member, structType);
  item();
}

/** Begins a list of so many structs; each is begun with `item` and ended with `endStruct`. */
export function openStructs(member: i32, count: i32): void {
  head(member, listType);
  listHead(count, structType);
}

/** A list of small numbers, of which each byte of `values` is one, the lowest first. */
export function addNumbers(member: i32, values: u32, count: i32): void {
  head(member, listType);
  listHead(count, i32Type);
  for (let index = 0; index < count; index++) varint(((values >> (index << 3)) & 0xff) << 1);
}
