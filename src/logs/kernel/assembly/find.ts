/**
 * Finds events of some names, and some texts, by their bytes, several times quicker than walking the
 * JSON. Each text is looked for by two of its bytes, the first of them one that is rare in logs.
 */
import { cell, isEqual, newCells, setCell } from "./cells";
import { input, inputEnd, offsetOf } from "./input";

const quote: u8 = 0x22;
const backslash: u8 = 0x5c;
const colon: u8 = 0x3a;

/** So much stays in the processor's nearest memory while it is searched for one text after another. */
const blockBytes: usize = 16_384;

/**
 * Texts, four numbers each: where it lies, its length, the places in it of its two bytes. The first is
 * `"eventName"`.
 */
let texts: usize = 0;
let textCount = 0;
/** Wanted names by their hash: where each lies and its length, 0 for none. */
let slots: usize = 0;
let mask = 0;

/** Offsets of what was found, and how many they are: names of all events, and what is wanted. */
let nameRoom = 1 << 10;
export let names: usize = 0;
export let nameCount = 0;
let hitRoom = 1 << 6;
export let hits: usize = 0;
export let hitCount = 0;
let isOdd = false;

const textWidth = 4;

/** Takes in the texts and, two numbers each, where the wanted names lie and their lengths. */
export function setFind(list: usize, count: i32, wanted: usize, wantedCount: i32): void {
  texts = list;
  textCount = count;
  let room = 16;
  while (room < wantedCount * 4) room *= 2;
  mask = room - 1;
  slots = newCells(room * 2, 0);
  for (let index = 0; index < wantedCount; index++) {
    const place = cell(wanted, index * 2);
    const length = cell(wanted, index * 2 + 1);
    let hash = 0;
    for (let at = 0; at < length; at++) hash = step(hash, load<u8>(place + at));
    let slot = slotOf(hash);
    while (cell(slots, slot * 2) !== 0) slot = (slot + 1) & mask;
    setCell(slots, slot * 2, place);
    setCell(slots, slot * 2 + 1, length);
  }
  names = newCells(nameRoom, 0);
  hits = newCells(hitRoom, 0);
}

function step(hash: i32, byte: u8): i32 {
  return hash * 31 + byte;
}

function slotOf(hash: i32): i32 {
  return (hash ^ (hash >>> 15)) & mask;
}

/** Searches the input: how many hits there are, -1 when a name is written in an odd way. */
export function search(): i32 {
  nameCount = 0;
  hitCount = 0;
  isOdd = false;
  for (let block = input; block < inputEnd && !isOdd; block += blockBytes) {
    const end = min(block + blockBytes, inputEnd);
    for (let text = 0; text < textCount; text++) searchBlock(block, end, text);
  }
  return isOdd ? -1 : hitCount;
}

/** Finds a text where its rare byte lies in a block. */
function searchBlock(block: usize, end: usize, text: i32): void {
  const place = <usize>cell(texts, text * textWidth);
  const length = <usize>cell(texts, text * textWidth + 1);
  const before = <usize>cell(texts, text * textWidth + 2);
  const gap = <usize>cell(texts, text * textWidth + 3) - before;
  const first = v128.splat<u8>(load<u8>(place + before));
  const second = v128.splat<u8>(load<u8>(place + before + gap));
  for (let at = block; at < end; at += 32) {
    const low = v128.and(
      v128.eq<u8>(v128.load(at), first),
      v128.eq<u8>(v128.load(at + gap), second),
    );
    const high = v128.and(
      v128.eq<u8>(v128.load(at + 16), first),
      v128.eq<u8>(v128.load(at + 16 + gap), second),
    );
    if (!v128.any_true(v128.or(low, high))) continue;
    let bits = v128.bitmask<u8>(low) | (v128.bitmask<u8>(high) << 16);
    for (; bits !== 0; bits &= bits - 1) {
      const found = at + ctz<i32>(bits) - before;
      // The last block may end within these bytes; nothing begins after the input.
      if (found + before >= end) break;
      if (found < input || found + length > inputEnd) continue;
      if (!isEqual(found, place, length)) continue;
      if (text === 0) addName(found, found + length);
      else addHit(found);
    }
  }
}

function addHit(found: usize): void {
  if (hitCount === hitRoom) {
    hitRoom *= 2;
    hits = heap.realloc(hits, (<usize>hitRoom) << 2);
  }
  setCell(hits, hitCount++, offsetOf(found));
}

/** Notes the name of an event whose value is to come after `end`; and a hit when it is wanted. */
function addName(found: usize, end: usize): void {
  if (nameCount === nameRoom) {
    nameRoom *= 2;
    names = heap.realloc(names, (<usize>nameRoom) << 2);
  }
  setCell(names, nameCount++, offsetOf(found));
  let place = afterSpace(end);
  if (load<u8>(place) !== colon) return;
  place = afterSpace(place + 1);
  if (load<u8>(place) !== quote) return;
  place += 1;
  const start = place;
  let hash = 0;
  while (true) {
    const byte = load<u8>(place);
    if (byte === quote) break;
    if (byte === backslash || place >= inputEnd) {
      isOdd = true;
      return;
    }
    hash = step(hash, byte);
    place += 1;
  }
  const length = place - start;
  let slot = slotOf(hash);
  while (cell(slots, slot * 2) !== 0) {
    if (
      <usize>cell(slots, slot * 2 + 1) === length &&
      isEqual(start, cell(slots, slot * 2), length)
    ) {
      addHit(found);
      return;
    }
    slot = (slot + 1) & mask;
  }
}

/** The next byte that is above a blank, or the end of the input. */
function afterSpace(at: usize): usize {
  let place = at;
  while (load<u8>(place) <= 0x20 && place < inputEnd) place += 1;
  return place;
}
