/**
 * The parts of Parquet's data pages: definition levels, and values in the encodings that the lake
 * uses.
 *
 * @see https://parquet.apache.org/docs/file-format/data-pages/encodings/
 */
import { cell, newCells, setCell } from "./cells";
import { bytesOf, nextText, writeTexts } from "./pool";

const slack = 64;

let out: usize = 0;
let room: usize = 0;
/** How many rows are not null. */
export let present = 0;
/** How many texts the dictionary has. */
export let entries = 0;
/** Of the last column: its levels, its numbers packed as bits, its values or dictionary. */
export let levels: usize = 0;
export let levelsEnd: usize = 0;
export let packed: usize = 0;
export let packedEnd: usize = 0;
export let plain: usize = 0;
export let plainEnd: usize = 0;

/** By number in the pool: its place in the dictionary plus one. It is zeros between columns. */
let placeRoom = 0;
let dictionaryPlaces: usize = 0;
let numberRoom = 0;
let used: usize = 0;
let numbers: usize = 0;
let spread: usize = 0;

function begin(bytes: usize): void {
  if (bytes + slack > room) {
    if (out !== 0) heap.free(out);
    room = (bytes + slack) * 2;
    out = heap.alloc(room);
  }
  levels = out;
}

function needNumbers(count: i32): void {
  if (count <= numberRoom) return;
  if (numberRoom !== 0) {
    heap.free(used);
    heap.free(numbers);
    heap.free(spread);
  }
  numberRoom = count * 2;
  used = newCells(numberRoom, 0);
  numbers = newCells(numberRoom, 0);
  spread = newCells(numberRoom, 0);
}

function needPlaces(): void {
  const count = nextText();
  if (count <= placeRoom) return;
  if (placeRoom !== 0) heap.free(dictionaryPlaces);
  placeRoom = count * 2;
  dictionaryPlaces = newCells(placeRoom, 0);
}

function writeVarint(at: usize, value: u32): usize {
  let place = at;
  let left = value;
  while (left > 0x7f) {
    store<u8>(place++, (left & 0x7f) | 0x80);
    left >>= 7;
  }
  store<u8>(place++, left);
  return place;
}

/** Writes which of the rows are not -1; the rest of the work is to know that all or none are. */
function writeLevels(list: usize, rows: i32): void {
  if (present === rows || present === 0) {
    const at = writeVarint(levels, rows * 2);
    store<u8>(at, present === 0 ? 0 : 1);
    levelsEnd = at + 1;
    return;
  }
  const groups = (rows + 7) >> 3;
  const at = writeVarint(levels, groups * 2 + 1);
  memory.fill(at, 0, groups);
  for (let row = 0; row < rows; row++) {
    if (cell(list, row) === -1) continue;
    const byte = at + (row >> 3);
    store<u8>(byte, <i32>load<u8>(byte) | (1 << (row & 7)));
  }
  levelsEnd = at + groups;
}

/** How many bits numbers below `count` take. */
export function bitWidth(count: i32): i32 {
  return count <= 1 ? 0 : 32 - clz<i32>(count - 1);
}

function isUniform(list: usize, count: i32): bool {
  const first = cell(list, 0);
  for (let index = 1; index < count; index++) if (cell(list, index) !== first) return false;
  return true;
}

/** The numbers of the present rows as one run when all are the same, else as one packed run. */
function packNumbers(list: usize, width: i32): void {
  packed = levelsEnd;
  if (width === 0 || isUniform(list, present)) {
    let at = writeVarint(packed, present * 2);
    for (let shift = 0; shift < width; shift += 8) store<u8>(at++, cell(list, 0) >>> shift);
    packedEnd = at;
    return;
  }
  const groups = (present + 7) >> 3;
  let at = writeVarint(packed, groups * 2 + 1);
  const end = at + groups * width;
  memory.fill(at, 0, end - at);
  let held: u64 = 0;
  let bits = 0;
  for (let index = 0; index < present; index++) {
    held |= (cell(list, index) as u64) << bits;
    bits += width;
    if (bits >= 32) {
      store<u32>(at, <u32>held);
      at += 4;
      held >>= 32;
      bits -= 32;
    }
  }
  for (; bits > 0; bits -= 8) {
    store<u8>(at++, <u8>held);
    held >>= 8;
  }
  packedEnd = end;
}

/**
 * Texts by a dictionary. A row's text is the one at its place of `ids`; with `places` 0, rows have
 * one each. Without any, `entries` is 0; where all rows have the same, nothing is looked at by row.
 */
export function encodeTexts(ids: usize, count: i32, places: usize, rows: i32): void {
  needNumbers(max(count, rows));
  needPlaces();
  entries = 0;
  let isWhole = true;
  for (let index = 0; index < count; index++) {
    const id = cell(ids, index);
    if (id === 0) {
      setCell(numbers, index, -1);
      isWhole = false;
      continue;
    }
    let place = cell(dictionaryPlaces, id);
    if (place === 0) {
      setCell(used, entries, id);
      entries += 1;
      place = entries;
      setCell(dictionaryPlaces, id, place);
    }
    setCell(numbers, index, place - 1);
  }
  for (let index = 0; index < entries; index++) setCell(dictionaryPlaces, cell(used, index), 0);
  const plainBytes = bytesOf(used, entries) + ((<usize>entries) << 2);
  begin(plainBytes + ((<usize>rows) << 2) + (rows >> 3));
  let list = numbers;
  if (entries > 0 && !(entries === 1 && isWhole)) {
    if (places !== 0) {
      for (let row = 0; row < rows; row++) {
        setCell(spread, row, cell(numbers, cell(places, row)));
      }
      list = spread;
    }
    present = isWhole ? rows : countPresent(list, rows);
  } else present = entries === 0 ? 0 : rows;
  writeLevels(list, rows);
  if (present < rows) movePresent(list, rows);
  packNumbers(list, bitWidth(entries));
  plain = packedEnd;
  plainEnd = writeTexts(used, entries, plain);
}

/** Texts as they are, one after the other. */
export function encodeRandom(ids: usize, rows: i32): void {
  needNumbers(rows);
  present = 0;
  for (let row = 0; row < rows; row++) {
    const isPresent = cell(ids, row) !== 0;
    setCell(numbers, row, isPresent ? 0 : -1);
    if (isPresent) present += 1;
  }
  begin(bytesOf(ids, rows) + ((<usize>rows) << 2) + (rows >> 3));
  writeLevels(numbers, rows);
  plain = levelsEnd;
  plainEnd = writeTexts(ids, rows, plain);
}

/** Truths: 1, 0, and -1 for null. `places` are as those of texts. */
export function encodeTruths(values: usize, places: usize, rows: i32): void {
  needNumbers(rows);
  for (let row = 0; row < rows; row++) {
    setCell(numbers, row, cell(values, places === 0 ? row : cell(places, row)));
  }
  present = countPresent(numbers, rows);
  begin((rows >> 2) + 16);
  writeLevels(numbers, rows);
  plain = levelsEnd;
  plainEnd = plain + ((present + 7) >> 3);
  memory.fill(plain, 0, plainEnd - plain);
  let bit = 0;
  for (let row = 0; row < rows; row++) {
    const value = cell(numbers, row);
    if (value === -1) continue;
    if (value === 1) {
      const byte = plain + (bit >> 3);
      store<u8>(byte, <i32>load<u8>(byte) | (1 << (bit & 7)));
    }
    bit += 1;
  }
}

/** Whole numbers as floating ones, each times a factor, to 64 bits; NaN is null. */
export function encodeNumbers(values: usize, rows: i32, factor: f64): void {
  needNumbers(rows);
  present = rows;
  for (let row = 0; row < rows; row++) {
    const isNull = isNaN<f64>(load<f64>(values + ((<usize>row) << 3)));
    setCell(numbers, row, isNull ? -1 : 0);
    if (isNull) present -= 1;
  }
  begin(<usize>rows * 9);
  writeLevels(numbers, rows);
  plain = levelsEnd;
  plainEnd = plain;
  for (let row = 0; row < rows; row++) {
    const value = load<f64>(values + ((<usize>row) << 3));
    if (isNaN<f64>(value)) continue;
    store<i64>(plainEnd, <i64>(value * factor));
    plainEnd += 8;
  }
}

/** Numbers of 32 bits, none of them null. */
export function encodeIntegers(values: usize, rows: i32): void {
  present = rows;
  begin((<usize>rows) << 2);
  writeLevels(0, rows);
  plain = levelsEnd;
  plainEnd = plain + ((<usize>rows) << 2);
  memory.copy(plain, values, plainEnd - plain);
}

function countPresent(list: usize, rows: i32): i32 {
  let found = 0;
  for (let row = 0; row < rows; row++) if (cell(list, row) !== -1) found += 1;
  return found;
}

/** Moves those that are not -1 to the beginning. */
function movePresent(list: usize, rows: i32): void {
  let at = 0;
  for (let row = 0; row < rows; row++) {
    const number = cell(list, row);
    if (number !== -1) setCell(list, at++, number);
  }
}
