/** Counts events by what decides most policies: their texts, how they ended, and the day. */
import { cell, fillCells, isEqual, newCells, setCell } from "./cells";

let texts = 0;
/** The texts, then the class of the error and the day. */
let width = 0;
let size = 0;
let room = 1 << 8;
let keys: usize = 0;
let slots: usize = 0;
/** By key: 64-bit numbers of how many, and milliseconds since the epoch of the first and the last. */
let counts: usize = 0;
let firsts: usize = 0;
let lasts: usize = 0;
/** The key that is looked up. */
export let candidate: usize = 0;
/** Keys by day. */
let order: usize = 0;
export let gatheredKeys: usize = 0;

export function setKeyTexts(count: i32): void {
  texts = count;
  width = count + 2;
  keys = newCells(room * width, 0);
  slots = newCells(room * 2, 0);
  counts = heap.alloc((<usize>room) << 3);
  firsts = heap.alloc((<usize>room) << 3);
  lasts = heap.alloc((<usize>room) << 3);
  candidate = newCells(width, 0);
}

export function clearKeys(): void {
  size = 0;
  fillCells(slots, room * 2, 0);
}

export function keyCount(): i32 {
  return size;
}

function hashOf(key: usize): i32 {
  let hash: u64 = 0;
  for (let index = 0; index < width; index++) {
    hash = (hash ^ (cell(key, index) as u32)) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 32;
  }
  return <i32>hash;
}

function grow(): void {
  room *= 2;
  keys = heap.realloc(keys, ((<usize>room) << 2) * width);
  counts = heap.realloc(counts, (<usize>room) << 3);
  firsts = heap.realloc(firsts, (<usize>room) << 3);
  lasts = heap.realloc(lasts, (<usize>room) << 3);
  heap.free(slots);
  slots = newCells(room * 2, 0);
  for (let key = 0; key < size; key++) setCell(slots, freeSlot(hashOf(placeOf(key))), key + 1);
}

function placeOf(key: i32): usize {
  return keys + ((<usize>key * width) << 2);
}

function freeSlot(hash: i32): i32 {
  const mask = room * 2 - 1;
  let slot = hash & mask;
  while (cell(slots, slot) !== 0) slot = (slot + 1) & mask;
  return slot;
}

/** Takes in another event of a key, of the same day. */
export function countAgain(key: i32, timeMs: f64): void {
  const at = (<usize>key) << 3;
  store<f64>(counts + at, load<f64>(counts + at) + 1);
  if (timeMs < load<f64>(firsts + at)) store<f64>(firsts + at, timeMs);
  if (timeMs > load<f64>(lasts + at)) store<f64>(lasts + at, timeMs);
}

/** Takes in an event of the candidate, whose texts and class are set. Gives its key. */
export function addKey(errorClass: i32, day: i32, timeMs: f64): i32 {
  setCell(candidate, texts, errorClass);
  setCell(candidate, texts + 1, day);
  const hash = hashOf(candidate);
  const mask = room * 2 - 1;
  let slot = hash & mask;
  for (let held = cell(slots, slot); held !== 0; held = cell(slots, slot)) {
    if (isEqual(placeOf(held - 1), candidate, (<usize>width) << 2)) {
      countAgain(held - 1, timeMs);
      return held - 1;
    }
    slot = (slot + 1) & mask;
  }
  if (size + 1 >= room) {
    grow();
    slot = freeSlot(hash);
  }
  memory.copy(placeOf(size), candidate, (<usize>width) << 2);
  const at = (<usize>size) << 3;
  store<f64>(counts + at, 1);
  store<f64>(firsts + at, timeMs);
  store<f64>(lasts + at, timeMs);
  size += 1;
  setCell(slots, slot, size);
  return size - 1;
}

/** Sorts keys by day; those of a day stay in the order in which they came. */
export function sortKeys(): void {
  if (order !== 0) {
    heap.free(order);
    heap.free(gatheredKeys);
  }
  order = newCells(size, 0);
  for (let key = 0; key < size; key++) setCell(order, key, key);
  let other = newCells(size, 0);
  // Runs that are sorted are merged, two at a time, into runs twice as long.
  for (let length = 1; length < size; length *= 2) {
    for (let from = 0; from < size; from += length * 2) {
      mergeRuns(other, from, min(from + length, size), min(from + length * 2, size));
    }
    const sorted = other;
    other = order;
    order = sorted;
  }
  heap.free(other);
  gatheredKeys = heap.alloc((<usize>size) << 3);
}

/** Merges the runs of `order` that begin at two places. */
function mergeRuns(to: usize, first: i32, second: i32, end: i32): void {
  let low = first;
  let high = second;
  for (let at = first; at < end; at++) {
    const isLow =
      low < second && (high >= end || dayOf(cell(order, low)) <= dayOf(cell(order, high)));
    setCell(to, at, cell(order, isLow ? low++ : high++));
  }
}

function dayOf(key: i32): i32 {
  return cell(keys, key * width + texts + 1);
}

/** Gathers a text of keys, or their class or day. */
export function gatherMember(member: i32): void {
  for (let index = 0; index < size; index++) {
    setCell(gatheredKeys, index, cell(keys, cell(order, index) * width + member));
  }
}

/** Gathers numbers of 64 bits: how many, the first, the last time. */
export function gatherNumbers(which: i32): void {
  const from = which === 0 ? counts : which === 1 ? firsts : lasts;
  for (let index = 0; index < size; index++) {
    const number = load<f64>(from + ((<usize>cell(order, index)) << 3));
    store<f64>(gatheredKeys + ((<usize>index) << 3), number);
  }
}
