/**
 * Finds the members of records within the input. Logs repeat themselves: the same caller does the
 * same again within minutes. So a long value is first compared, byte by byte, with one that looked
 * like it before; where they are equal its end and its members are known. That changes nothing in
 * what is found. In the same way the name of a member is first compared with the one that came there
 * the last time.
 */
import { cell, fillCells, isEqual, newCells, setCell } from "./cells";
import { inputEnd } from "./input";
import {
  afterOf,
  fieldOf,
  fieldsWithin,
  findName,
  firstOf,
  nameLengthAt,
  noteAfter,
} from "./names";
import { skipSpace, skipString, skipValue } from "./walk";

const quote: u8 = 0x22;
const colon: u8 = 0x3a;
const comma: u8 = 0x2c;
const openBrace: u8 = 0x7b;
const openBracket: u8 = 0x5b;
const closeBrace: u8 = 0x7d;

export const memosOfField = 256;
const alikeBuckets = 256;
const alikeInBucket = 4;
const mostAlike = alikeBuckets * alikeInBucket;

let fieldCount = 0;
/** The field of the identity, after which those within it come. */
export let identity = 0;
let nestedFrom = 0;
export let nestedCount = 0;
/** By field: where its value begins, 0 when the record has none; and the place after it. */
let starts: usize = 0;
let ends: usize = 0;
/**
 * By field: a number that stands for this very value among those of this input, or -1. When it is
 * given to another value, its age changes.
 */
let memos: usize = 0;
/** By field: the first number of its memos, or -1. */
let memoBases: usize = 0;
let memoStarts: usize = 0;
let memoEnds: usize = 0;
let memoAges: usize = 0;
/** How many numbers memos have. */
export let mostMemos = 0;
/** By memo of an identity: where its members lie, from where it begins. */
let nestedStarts: usize = 0;
let nestedEnds: usize = 0;
/** Fields that differ in every record, in the order in which AWS writes them. */
let volatileCount = 0;
let volatiles: usize = 0;

/** The number of a record that is the same but for its volatile members; or -1. */
let alike = -1;
/** By number of an alike record: the shape of its row, or -1. */
let recordShapes: usize = 0;
let recordStarts: usize = 0;
let recordEnds: usize = 0;
let recordFieldStarts: usize = 0;
let recordFieldEnds: usize = 0;
/** By record: its volatile members in the order of their places, -1 at the end. */
let recordVolatiles: usize = 0;
/** By bucket: which of its records is the oldest. */
let oldest: usize = 0;

/** Takes in the fields: lists of those that come again as long values, and of the volatile ones. */
export function setFields(
  count: i32,
  identityField: i32,
  repeated: usize,
  repeatedCount: i32,
  volatileFields: usize,
  volatileLength: i32,
): void {
  fieldCount = count;
  identity = identityField;
  nestedFrom = identityField + 1;
  nestedCount = count - nestedFrom;
  starts = newCells(count, 0);
  ends = newCells(count, 0);
  memos = newCells(count, -1);
  memoBases = newCells(count, -1);
  for (let index = 0; index < repeatedCount; index++) {
    setCell(memoBases, cell(repeated, index), index * memosOfField);
  }
  mostMemos = repeatedCount * memosOfField;
  memoStarts = newCells(mostMemos, 0);
  memoEnds = newCells(mostMemos, 0);
  memoAges = newCells(mostMemos, 0);
  nestedStarts = newCells(memosOfField * nestedCount, 0);
  nestedEnds = newCells(memosOfField * nestedCount, 0);
  volatileCount = volatileLength;
  volatiles = newCells(volatileLength, 0);
  memory.copy(volatiles, volatileFields, (<usize>volatileLength) << 2);
  recordShapes = newCells(mostAlike, -1);
  recordStarts = newCells(mostAlike, 0);
  recordEnds = newCells(mostAlike, 0);
  recordFieldStarts = newCells(mostAlike * count, 0);
  recordFieldEnds = newCells(mostAlike * count, 0);
  recordVolatiles = newCells(mostAlike * (volatileLength + 1), 0);
  oldest = newCells(alikeBuckets, 0);
}

export function startOf(field: i32): usize {
  return cell(starts, field);
}

export function endOf(field: i32): usize {
  return cell(ends, field);
}

export function memoOf(field: i32): i32 {
  return cell(memos, field);
}

/** The shape of the alike record, or -1. */
export function alikeShape(): i32 {
  return alike === -1 ? -1 : cell(recordShapes, alike);
}

/** Notes the shape of the record just scanned, and of those that are like it. */
export function noteShape(shape: i32): void {
  if (alike !== -1) setCell(recordShapes, alike, shape);
}

export function ageOf(memo: i32): i32 {
  return cell(memoAges, memo);
}

/** Begins with another input. */
export function openScanner(): void {
  fillCells(memoEnds, mostMemos, 0);
  fillCells(memoStarts, mostMemos, 0);
  fillCells(recordEnds, mostAlike, 0);
  fillCells(oldest, alikeBuckets, 0);
}

/** A number from 0 to 255 by some bytes of a value, the same for equal values that are long. */
function signature(at: usize): i32 {
  let hash = 0;
  for (let place = at + 8; place < at + 72; place += 4) hash = hash * 33 + load<u8>(place);
  return (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (memosOfField - 1);
}

function isKnown(memo: i32, at: usize): bool {
  const from = cell(memoStarts, memo);
  const length = cell(memoEnds, memo) - from;
  if (length === 0 || at + length > inputEnd) return false;
  return isEqual(from, at, length);
}

/** A long value of a field of the record itself. */
function scanRepeated(at: usize, field: i32, entry: i32): usize {
  const memo = cell(memoBases, field) + signature(at);
  setCell(memos, field, memo);
  const isIdentity = field === identity;
  const nested = (memo & (memosOfField - 1)) * nestedCount;
  if (isKnown(memo, at)) {
    if (isIdentity) {
      for (let index = 0; index < nestedCount; index++) {
        const from = cell(nestedStarts, nested + index);
        setCell(starts, nestedFrom + index, from === -1 ? 0 : <i32>at + from);
        setCell(ends, nestedFrom + index, <i32>at + cell(nestedEnds, nested + index));
      }
    }
    return at + cell(memoEnds, memo) - cell(memoStarts, memo);
  }
  const place =
    isIdentity && load<u8>(at) === openBrace ? scanObject(at, entry + 1) : skipValue(at, 1);
  if (place === 0) return 0;
  setCell(memoStarts, memo, <i32>at);
  setCell(memoEnds, memo, <i32>place);
  setCell(memoAges, memo, cell(memoAges, memo) + 1);
  if (isIdentity) {
    for (let index = 0; index < nestedCount; index++) {
      const from = cell(starts, nestedFrom + index);
      setCell(nestedStarts, nested + index, from === 0 ? -1 : from - <i32>at);
      setCell(nestedEnds, nested + index, cell(ends, nestedFrom + index) - <i32>at);
    }
  }
  return place;
}

function scanMember(at: usize, entry: i32): usize {
  const field = fieldOf(entry);
  if (field === -1) return skipValue(at, 1);
  const byte = load<u8>(at);
  let place: usize = 0;
  setCell(memos, field, -1);
  // Of a member that comes twice, the last counts, with what is in it.
  const within = fieldsWithin(entry);
  if (within > 0) fillCells(starts + ((<usize>(field + 1)) << 2), within, 0);
  if (byte === quote) place = skipString(at + 1);
  else if (byte === openBrace || byte === openBracket) {
    if (cell(memoBases, field) >= 0) place = scanRepeated(at, field, entry);
    else if (within > 0 && byte === openBrace) place = scanObject(at, entry + 1);
    else place = skipValue(at, 1);
  } else place = skipValue(at, 1);
  setCell(starts, field, <i32>at);
  setCell(ends, field, <i32>place);
  return place;
}

function scanObject(at: usize, object: i32): usize {
  let place = at + 1;
  let guess = firstOf(object);
  let last = -1;
  if (load<u8>(place) !== quote) {
    place = skipSpace(place);
    if (load<u8>(place) === closeBrace) return place + 1;
  }
  while (true) {
    if (load<u8>(place) !== quote) {
      place = skipSpace(place);
      if (load<u8>(place) !== quote) return 0;
    }
    let entry = guess;
    const length = nameLengthAt(place, entry);
    if (length !== 0) place += length;
    else {
      const name = place + 1;
      place = skipString(name);
      if (place === 0) return 0;
      entry = findName(object, name, place - 1);
      if (entry !== -1) noteAfter(object, last, entry);
      if (load<u8>(place) !== colon) place = skipSpace(place);
      if (load<u8>(place) !== colon) return 0;
      place += 1;
    }
    if (load<u8>(place) !== quote) place = skipSpace(place);
    if (entry === -1) place = skipValue(place, 1);
    else {
      place = scanMember(place, entry);
      last = entry;
      guess = afterOf(entry);
    }
    if (place === 0) return 0;
    if (load<u8>(place) <= 0x20) place = skipSpace(place);
    const next = load<u8>(place);
    place += 1;
    if (next === comma) continue;
    return next === closeBrace ? place : 0;
  }
}

/** Whether the record at `at` is an earlier one but for its volatile members. */
function isAlike(at: usize, number: i32): bool {
  const from = cell(recordStarts, number);
  const shift = <i32>at - from;
  let checked = from;
  let index = number * (volatileCount + 1);
  while (true) {
    const field = cell(recordVolatiles, index++);
    const to =
      field === -1
        ? cell(recordEnds, number)
        : cell(recordFieldStarts, number * fieldCount + field) + 1;
    if (<usize>(to + shift) > inputEnd) return false;
    if (!isEqual(checked, checked + shift, to - checked)) return false;
    if (field === -1) return true;
    checked = cell(recordFieldEnds, number * fieldCount + field);
    if (skipString(to + shift) !== <usize>(checked + shift)) return false;
  }
}

/** Notes the record just scanned; the number it has from now on. */
function note(at: usize, after: usize, bucket: i32): i32 {
  const place = cell(oldest, bucket);
  setCell(oldest, bucket, (place + 1) % alikeInBucket);
  const number = bucket * alikeInBucket + place;
  setCell(recordShapes, number, -1);
  setCell(recordStarts, number, <i32>at);
  setCell(recordEnds, number, <i32>after);
  const bytes = (<usize>fieldCount) << 2;
  memory.copy(recordFieldStarts + bytes * number, starts, bytes);
  memory.copy(recordFieldEnds + bytes * number, ends, bytes);
  let index = number * (volatileCount + 1);
  let last = 0;
  for (let count = 0; count < volatileCount; count++) {
    let next = -1;
    for (let each = 0; each < volatileCount; each++) {
      const field = cell(volatiles, each);
      const start = cell(starts, field);
      // One that is no text is compared as the rest is.
      if (start <= last || load<u8>(start) !== quote) continue;
      if (next === -1 || start < cell(starts, next)) next = field;
    }
    if (next === -1) break;
    last = cell(starts, next);
    setCell(recordVolatiles, index++, next);
  }
  setCell(recordVolatiles, index, -1);
  return number;
}

/** Walks the record whose `{` is at `at`: the place after it, or 0. */
export function scanRecord(at: usize): usize {
  if (load<u8>(at) !== openBrace) return 0;
  const bucket = signature(at + 40) & (alikeBuckets - 1);
  for (let place = 0; place < alikeInBucket; place++) {
    const number = bucket * alikeInBucket + place;
    if (cell(recordEnds, number) === 0 || !isAlike(at, number)) continue;
    alike = number;
    const shift = <i32>at - cell(recordStarts, number);
    const base = number * fieldCount;
    for (let field = 0; field < fieldCount; field++) {
      const from = cell(recordFieldStarts, base + field);
      setCell(starts, field, from === 0 ? 0 : from + shift);
      setCell(ends, field, cell(recordFieldEnds, base + field) + shift);
    }
    // Its values may have lost their numbers since.
    fillCells(memos, fieldCount, -1);
    return cell(recordEnds, number) + shift;
  }
  alike = -1;
  fillCells(starts, fieldCount, 0);
  const after = scanObject(at, 0);
  if (after === 0) return 0;
  alike = note(at, after, bucket);
  return after;
}
