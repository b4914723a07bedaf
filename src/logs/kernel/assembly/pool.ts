/** Texts as bytes, each held once and known by a number; 0 stands for no text. */
import { cell, copyLoosely, fillCells, isEqual, newCells, setCell } from "./cells";

/** Of a pool that one very large unit made larger than this, the room is given back. */
const mostKept: usize = 64 << 20;
const leastArena: usize = 1 << 16;
const leastTexts = 1 << 10;

const factor: u64 = 0x9e3779b97f4a7c15;
const ones: u64 = 0x0101010101010101;
const highs: u64 = 0x8080808080808080;
const backslashes: u64 = 0x5c5c5c5c5c5c5c5c;

let arena: usize = 0;
let room: usize = 0;
let used: usize = 0;
let capacity = 0;
let offsets: usize = 0;
let hashes: usize = 0;
let slots: usize = 0;
let count = 1;

/** The number that the next new text gets. */
export function nextText(): i32 {
  return count;
}

/** How many bytes all texts have. */
export function poolBytes(): usize {
  return used;
}

export function textPlace(id: i32): usize {
  return arena + cell(offsets, id);
}

export function textLength(id: i32): i32 {
  return cell(offsets, id + 1) - cell(offsets, id);
}

/** Forgets all texts. */
export function clearPool(): void {
  used = 0;
  count = 1;
  if (arena === 0 || room > mostKept) {
    if (arena !== 0) heap.free(arena);
    room = leastArena;
    arena = heap.alloc(room);
  }
  if (capacity === 0) {
    capacity = leastTexts;
    offsets = newCells(capacity, 0);
    hashes = newCells(capacity, 0);
    slots = newCells(capacity * 2, 0);
  } else fillCells(slots, capacity * 2, 0);
}

function grow(): void {
  const bytes = (<usize>capacity) << 3;
  offsets = heap.realloc(offsets, bytes);
  hashes = heap.realloc(hashes, bytes);
  const old = slots;
  const slotCount = capacity * 2;
  capacity *= 2;
  slots = newCells(capacity * 2, 0);
  const mask = capacity * 2 - 1;
  for (let index = 0; index < slotCount; index++) {
    const id = cell(old, index);
    if (id === 0) continue;
    let slot = cell(hashes, id) & mask;
    while (cell(slots, slot) !== 0) slot = (slot + 1) & mask;
    setCell(slots, slot, id);
  }
  heap.free(old);
}

/** Puts a text behind the others; its number. */
function hold(start: usize, length: usize): i32 {
  if (used + length + 16 > room) {
    // By half where it is large already: old and new are held at once.
    const more = room > mostKept ? room >> 1 : room;
    room = max(room + more, used + length + 16);
    arena = heap.realloc(arena, room);
  }
  copyLoosely(arena + used, start, length);
  const id = count;
  count += 1;
  setCell(offsets, id, <i32>used);
  used += length;
  setCell(offsets, id + 1, <i32>used);
  return id;
}

/** A new number for a text of which it is not asked whether it is there already. */
export function appendText(start: usize, end: usize): i32 {
  const id = hold(start, end - start);
  if (count + 2 >= capacity) grow();
  return id;
}

/** The number of a text, which is taken in when it is new. */
export function addText(start: usize, end: usize): i32 {
  return take(start, end, u64.MAX_VALUE);
}

/** The same for what stands in a JSON string; -1, and nothing taken in, when it has an escape. */
export function addUnescaped(start: usize, end: usize): i32 {
  return take(start, end, 0);
}

function take(start: usize, end: usize, refused: u64): i32 {
  const length = end - start;
  let hash: u64 = <u64>length;
  let at = start;
  for (; at + 8 <= end; at += 8) {
    const eight = load<u64>(at);
    // A byte of this is 0 where the text has a backslash.
    const other = (eight ^ backslashes) | refused;
    if (((other - ones) & ~other & highs) !== 0) return -1;
    hash = (hash ^ eight) * factor;
    hash ^= hash >> 29;
  }
  if (at < end) {
    // What lies after the text may be read: it is not counted in.
    const eight = load<u64>(at) & (u64.MAX_VALUE >> (((8 - (end - at)) as u64) << 3));
    const other = (eight ^ backslashes) | refused;
    if (((other - ones) & ~other & highs) !== 0) return -1;
    hash = (hash ^ eight) * factor;
  }
  hash ^= hash >> 32;
  const short = <i32>hash;
  const mask = capacity * 2 - 1;
  let slot = short & mask;
  for (let id = cell(slots, slot); id !== 0; id = cell(slots, slot)) {
    if (
      cell(hashes, id) === short &&
      <usize>textLength(id) === length &&
      isEqual(textPlace(id), start, length)
    ) {
      return id;
    }
    slot = (slot + 1) & mask;
  }
  const id = hold(start, length);
  setCell(slots, slot, id);
  setCell(hashes, id, short);
  if (count + 2 >= capacity) grow();
  return id;
}

/** How many bytes texts have; 0 has none. */
export function bytesOf(ids: usize, most: i32): usize {
  let bytes: usize = 0;
  for (let index = 0; index < most; index++) {
    const id = cell(ids, index);
    if (id !== 0) bytes += textLength(id);
  }
  return bytes;
}

/** Writes texts one after the other, each after its length in four bytes; 0 is passed over. */
export function writeTexts(ids: usize, most: i32, target: usize): usize {
  let at = target;
  for (let index = 0; index < most; index++) {
    const id = cell(ids, index);
    if (id === 0) continue;
    const length = textLength(id);
    store<i32>(at, length);
    copyLoosely(at + 4, textPlace(id), length);
    at += 4 + length;
  }
  return at;
}
