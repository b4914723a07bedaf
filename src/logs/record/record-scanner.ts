import { createJsonWalker, notJson } from "../json/json-walker.ts";
import { fieldNumber, fields, passed, repeated, volatile } from "./fields.ts";
import { makeKeyTable } from "./key-table.ts";

/** Finds the members of records within the bytes of a file, without making objects of them. */
export interface RecordScanner {
  /** Begins with other bytes. */
  open(): void;
  /** Walks the record whose `{` is at `at`: the place after it, or `notJson`. */
  scan(bytes: Buffer, at: number): number;
  /** By field: where its value begins in the bytes, or -1 when the record has none. */
  readonly start: Int32Array;
  /** By field: the place after its value. */
  readonly end: Int32Array;
  /**
   * By field: a number that stands for this very value among those of this file, or -1. When it is
   * given to another value, its place in `memoAge` changes.
   */
  readonly memo: Int32Array;
  readonly memoAge: Int32Array;
  /**
   * The number of an earlier record of this file that is the same but for the members that differ
   * in every record; or -1. `isFirst` tells that it is this very record.
   */
  readonly alike: { number: number; isFirst: boolean };
}

const alikeBuckets = 256;
const alikeInBucket = 4;

/** How many numbers `alike` can have. */
export const mostAlike: number = alikeBuckets * alikeInBucket;

const memosOfField = 256;

/** How many numbers `memo` can have. */
export const mostMemos: number = repeated.length * memosOfField;

/**
 * Makes a scanner. Logs repeat themselves: the same caller does the same again within minutes. So
 * a long value is first compared, byte by byte, with one that looked like it before; where they are
 * equal its end and its members are known. That changes nothing in what is found. In the same way
 * the name of a member is first compared with the one that came there the last time.
 */
export function createRecordScanner(): RecordScanner {
  const quote = 0x22;
  const backslash = 0x5c;
  const colon = 0x3a;
  const comma = 0x2c;
  const openBrace = 0x7b;
  const openBracket = 0x5b;
  const closeBrace = 0x7d;
  const { skipSpace, skipString, skipValue } = createJsonWalker();
  const {
    text,
    textStart,
    textLength,
    field: fieldOf,
    isOpened,
    first,
    find,
  } = makeKeyTable(fields, passed);
  const fieldCount = fields.length;
  const identity = fieldNumber("userIdentity");
  const nestedFrom = identity + 1;
  const nestedCount = fieldCount - nestedFrom;
  const start = new Int32Array(fieldCount);
  const end = new Int32Array(fieldCount);
  const memo = new Int32Array(fieldCount).fill(-1);
  /** By field: the first number of its memos, or -1. */
  const memoBase = new Int32Array(fieldCount).fill(-1);
  for (const [index, field] of repeated.entries()) {
    memoBase[fieldNumber(field)] = index * memosOfField;
  }
  const memoStart = new Int32Array(mostMemos);
  const memoEnd = new Int32Array(mostMemos);
  const memoAge = new Int32Array(mostMemos);
  /** By memo of an identity: where its members lie, from where it begins. */
  const nestedStart = new Int32Array(memosOfField * nestedCount);
  const nestedEnd = new Int32Array(memosOfField * nestedCount);
  /** By entry: the entry that came after it the last time. */
  const after = Int32Array.from(fieldOf, (_, entry) => entry);

  /** A number from 0 to 255 by some bytes of a value, the same for equal values that are long. */
  const signature = (bytes: Uint8Array, at: number): number => {
    let hash = 0;
    for (let place = at + 8; place < at + 72; place += 4) {
      hash = Math.imul(hash, 33) + ((bytes[place] as number) | 0);
    }
    return (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (memosOfField - 1);
  };

  const isKnown = (bytes: Buffer, number: number, at: number): boolean => {
    const from = memoStart[number] as number;
    const length = (memoEnd[number] as number) - from;
    if (length === 0 || at + length > bytes.length) return false;
    if (bytes[at + length - 1] !== bytes[from + length - 1]) return false;
    return bytes.compare(bytes, from, from + length, at, at + length) === 0;
  };

  /** A long value of a field of the record itself. */
  const scanRepeated = (bytes: Buffer, at: number, field: number, entry: number): number => {
    const number = (memoBase[field] as number) + signature(bytes, at);
    memo[field] = number;
    const isIdentity = field === identity;
    const nested = (number & (memosOfField - 1)) * nestedCount;
    if (isKnown(bytes, number, at)) {
      if (isIdentity) {
        for (let index = 0; index < nestedCount; index++) {
          const from = nestedStart[nested + index] as number;
          start[nestedFrom + index] = from === -1 ? -1 : at + from;
          end[nestedFrom + index] = at + (nestedEnd[nested + index] as number);
        }
      }
      return at + (memoEnd[number] as number) - (memoStart[number] as number);
    }
    if (isIdentity) start.fill(-1, nestedFrom);
    const place =
      isIdentity && bytes[at] === openBrace
        ? scanObject(bytes, at, entry + 1)
        : skipValue(bytes, at, 1);
    if (place === notJson) return notJson;
    memoStart[number] = at;
    memoEnd[number] = place;
    memoAge[number] = (memoAge[number] as number) + 1;
    if (isIdentity) {
      for (let index = 0; index < nestedCount; index++) {
        const from = start[nestedFrom + index] as number;
        nestedStart[nested + index] = from === -1 ? -1 : from - at;
        nestedEnd[nested + index] = (end[nestedFrom + index] as number) - at;
      }
    }
    return place;
  };

  const scanMember = (bytes: Buffer, at: number, entry: number): number => {
    const field = fieldOf[entry] as number;
    if (field === -1) return skipValue(bytes, at, 1);
    const byte = bytes[at];
    let place: number;
    memo[field] = -1;
    if (byte === quote) place = skipString(bytes, at + 1);
    else if (byte === openBrace || byte === openBracket) {
      if ((memoBase[field] as number) >= 0) place = scanRepeated(bytes, at, field, entry);
      else if (isOpened[entry] === 1 && byte === openBrace)
        place = scanObject(bytes, at, entry + 1);
      else place = skipValue(bytes, at, 1);
    } else place = skipValue(bytes, at, 1);
    start[field] = at;
    end[field] = place;
    return place;
  };

  const isWritten = (bytes: Uint8Array, at: number, entry: number): boolean => {
    const from = textStart[entry] as number;
    const length = textLength[entry] as number;
    for (let index = 1; index < length; index++) {
      if (bytes[at + index] !== text[from + index]) return false;
    }
    return true;
  };

  /** The entry of the name between two places, or -1. */
  const findName = (bytes: Buffer, object: number, from: number, to: number): number => {
    const isEscaped = bytes.subarray(from, to).includes(backslash);
    return find(
      object,
      isEscaped
        ? String(JSON.parse(bytes.toString("utf8", from - 1, to + 1)))
        : bytes.toString("utf8", from, to),
    );
  };

  const scanObject = (bytes: Buffer, at: number, object: number): number => {
    let place = at + 1;
    let guess = first[object] as number;
    let last = -1;
    if (bytes[place] !== quote) {
      place = skipSpace(bytes, place);
      if (bytes[place] === closeBrace) return place + 1;
    }
    for (;;) {
      if (bytes[place] !== quote) {
        place = skipSpace(bytes, place);
        if (bytes[place] !== quote) return notJson;
      }
      let entry = guess;
      if (isWritten(bytes, place, entry)) place += textLength[entry] as number;
      else {
        const name = place + 1;
        place = skipString(bytes, name);
        if (place === notJson) return notJson;
        entry = findName(bytes, object, name, place - 1);
        if (entry !== -1) {
          if (last === -1) first[object] = entry;
          else after[last] = entry;
        }
        if (bytes[place] !== colon) place = skipSpace(bytes, place);
        if (bytes[place] !== colon) return notJson;
        place += 1;
      }
      if (bytes[place] !== quote) place = skipSpace(bytes, place);
      if (entry === -1) place = skipValue(bytes, place, 1);
      else {
        place = scanMember(bytes, place, entry);
        last = entry;
        guess = after[entry] as number;
      }
      if (place === notJson) return notJson;
      let next = bytes[place] as number;
      if (next <= 0x20) {
        place = skipSpace(bytes, place);
        next = bytes[place] as number;
      }
      place += 1;
      if (next === comma) continue;
      return next === closeBrace ? place : notJson;
    }
  };

  const alike = { number: -1, isFirst: false };
  const volatileFields = Int32Array.from(volatile, (field) => fieldNumber(field));
  const recordStart = new Int32Array(mostAlike);
  const recordEnd = new Int32Array(mostAlike);
  const recordFieldStart = new Int32Array(mostAlike * fieldCount);
  const recordFieldEnd = new Int32Array(mostAlike * fieldCount);
  /** By record: its volatile members in the order of their places, -1 at the end. */
  const recordVolatile = new Int32Array(mostAlike * (volatileFields.length + 1));
  /** By bucket: which of its records is the oldest. */
  const oldest = new Uint8Array(alikeBuckets);

  /** Whether bytes are the same so much further on. For a few, a call takes longer than a loop. */
  const isEqual = (bytes: Buffer, from: number, to: number, shift: number): boolean => {
    if (to - from > 48) return bytes.compare(bytes, from, to, from + shift, to + shift) === 0;
    for (let place = from; place < to; place++) {
      if (bytes[place] !== bytes[place + shift]) return false;
    }
    return true;
  };

  /** Whether the record at `at` is an earlier one but for its volatile members. */
  const isAlike = (bytes: Buffer, at: number, number: number): boolean => {
    const from = recordStart[number] as number;
    const shift = at - from;
    let checked = from;
    for (let index = number * (volatileFields.length + 1); ; index++) {
      const field = recordVolatile[index] as number;
      const to =
        field === -1
          ? (recordEnd[number] as number)
          : (recordFieldStart[number * fieldCount + field] as number) + 1;
      if (to + shift > bytes.length) return false;
      if (!isEqual(bytes, checked, to, shift)) return false;
      if (field === -1) return true;
      checked = recordFieldEnd[number * fieldCount + field] as number;
      if (skipString(bytes, to + shift) !== checked + shift) return false;
    }
  };

  /** Notes the record just scanned; the number it has from now on. */
  const note = (at: number, after: number, bucket: number): number => {
    const place = oldest[bucket] as number;
    oldest[bucket] = (place + 1) % alikeInBucket;
    const number = bucket * alikeInBucket + place;
    recordStart[number] = at;
    recordEnd[number] = after;
    recordFieldStart.set(start, number * fieldCount);
    recordFieldEnd.set(end, number * fieldCount);
    let index = number * (volatileFields.length + 1);
    let last = -1;
    for (let count = 0; count < volatileFields.length; count++) {
      let next = -1;
      for (const field of volatileFields) {
        const place = start[field] as number;
        if (place > last && (next === -1 || place < (start[next] as number))) next = field;
      }
      if (next === -1) break;
      last = start[next] as number;
      recordVolatile[index++] = next;
    }
    recordVolatile[index] = -1;
    return number;
  };

  const scanRecord = (bytes: Buffer, at: number): number => {
    const bucket = signature(bytes, at + 40) & (alikeBuckets - 1);
    for (let place = 0; place < alikeInBucket; place++) {
      const number = bucket * alikeInBucket + place;
      if (recordEnd[number] === 0 || !isAlike(bytes, at, number)) continue;
      alike.number = number;
      alike.isFirst = false;
      const shift = at - (recordStart[number] as number);
      const base = number * fieldCount;
      for (let field = 0; field < fieldCount; field++) {
        const from = recordFieldStart[base + field] as number;
        start[field] = from === -1 ? -1 : from + shift;
        end[field] = (recordFieldEnd[base + field] as number) + shift;
      }
      // Its values may have lost their numbers since.
      memo.fill(-1);
      return (recordEnd[number] as number) + shift;
    }
    alike.number = -1;
    start.fill(-1);
    const after = scanObject(bytes, at, 0);
    if (after === notJson) return notJson;
    alike.number = note(at, after, bucket);
    alike.isFirst = true;
    return after;
  };

  return {
    start,
    end,
    memo,
    memoAge,
    alike,
    open: () => {
      memoEnd.fill(0);
      memoStart.fill(0);
      recordEnd.fill(0);
      oldest.fill(0);
    },
    scan: (bytes, at) => (bytes[at] === openBrace ? scanRecord(bytes, at) : notJson),
  };
}
