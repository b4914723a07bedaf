/**
 * What JavaScript calls. Places in the input are offsets from its beginning, -1 for none; other
 * memory is given by address.
 */
import { cell, setCell } from "./cells";
import { firstTime, lastTime, setFileColumns, writePartition } from "./event-file";
import { addColumn, beginFile, endFile, fileBytes } from "./file";
import { hits, nameCount, names, search, setFind } from "./find";
import { input, offsetOf, openInput as openBytes } from "./input";
import {
  clearKeys,
  gatheredKeys,
  gatherMember,
  gatherNumbers,
  keyCount,
  setKeyTexts,
  sortKeys,
} from "./keys";
import { setEntries } from "./names";
import { encodeIntegers, encodeNumbers, encodeRandom, encodeTexts, encodeTruths } from "./pages";
import { addText as addPoolText, clearPool, poolBytes, textLength, textPlace } from "./pool";
import { clearReader, openReader, setReader } from "./reader";
import { clearRows, rowsOf, setColumns } from "./rows";
import { endOf, openScanner, scanRecord, setFields, startOf } from "./scanner";
import {
  clearTake,
  duplicates,
  events,
  fullness,
  isClosed,
  lastGood,
  noteThere,
  openTake,
  readTime,
  setTake,
  skimmed,
  skim as skimRecords,
  takeRecord,
  unknownVersions,
  withoutIdentities,
} from "./take";
import { skipSpace as walkSpace, skipString as walkString, skipValue as walkValue } from "./walk";

export {
  addColumn,
  beginFile,
  clearPool,
  encodeIntegers,
  encodeNumbers,
  encodeRandom,
  encodeTexts,
  encodeTruths,
  endFile,
  fileBytes,
  fullness,
  keyCount,
  noteThere,
  openTake,
  poolBytes,
  readTime,
  rowsOf,
  search,
  setColumns,
  setEntries,
  setFields,
  setFileColumns,
  setFind,
  setKeyTexts,
  setReader,
  setTake,
  sortKeys,
  takeRecord,
  textLength,
  textPlace,
  writePartition,
};

/** Room for so many bytes that JavaScript writes: what it had before is gone. */
let scratch: usize = 0;
let scratchRoom: usize = 0;

export function openScratch(bytes: usize): usize {
  if (bytes + 64 > scratchRoom) {
    if (scratch !== 0) heap.free(scratch);
    scratchRoom = (bytes + 64) * 2;
    scratch = heap.alloc(scratchRoom);
  }
  return scratch;
}

/** Memory that stays. */
export function allocate(bytes: usize): usize {
  return heap.alloc(bytes);
}

/** Begins a unit. */
export function clear(): void {
  clearPool();
  clearRows();
  clearReader();
  clearKeys();
  clearTake();
}

/** Makes room for an input: where its bytes are to be put. */
export function openInput(bytes: usize): usize {
  const at = openBytes(bytes);
  openScanner();
  openReader();
  return at;
}

export function addText(from: usize, length: i32): i32 {
  return addPoolText(from, from + length);
}

export function skipSpace(at: i32): i32 {
  return offsetOf(walkSpace(input + at));
}

/** The end of a string from after its opening quote, and of a value; -1 where there is none. */
export function skipString(at: i32): i32 {
  return endAt(walkString(input + at));
}

export function skipValue(at: i32): i32 {
  return endAt(walkValue(input + at, 0));
}

function endAt(end: usize): i32 {
  return end === 0 ? -1 : offsetOf(end);
}

export function scan(at: i32): i32 {
  return endAt(scanRecord(input + at));
}

export function fieldStart(field: i32): i32 {
  const place = startOf(field);
  return place === 0 ? -1 : offsetOf(place);
}

export function fieldEnd(field: i32): i32 {
  return offsetOf(endOf(field));
}

export function skim(at: i32): i32 {
  return offsetOf(skimRecords(input + at));
}

/** Of the last `skim`: where the last record it took begins, or -1; whether it ended the list; how many. */
export function skimGood(): i32 {
  return lastGood === 0 ? -1 : offsetOf(lastGood);
}

export function skimClosed(): i32 {
  return isClosed ? 1 : 0;
}

export function skimCount(): i32 {
  return skimmed;
}

/** Of the last `search`: where the offsets of hits and of all names of events lie, and how many names. */
export function foundHits(): usize {
  return hits;
}

export function foundNames(): usize {
  return names;
}

export function foundCount(): i32 {
  return nameCount;
}

/** Writes what was counted of the unit: events, duplicates, unknown versions, without identity. */
export function count(to: usize): void {
  setCell(to, 0, events);
  setCell(to, 1, duplicates);
  setCell(to, 2, unknownVersions);
  setCell(to, 3, withoutIdentities);
}

export function firstMs(): f64 {
  return firstTime;
}

export function lastMs(): f64 {
  return lastTime;
}

/** Columns of the sorted keys. */
export function encodeKeyTexts(member: i32): void {
  gatherMember(member);
  encodeTexts(gatheredKeys, keyCount(), 0, keyCount());
}

/** The same where a member is a number, from 0, that stands for a text. */
export function encodeKeyClasses(member: i32, texts: usize): void {
  gatherMember(member);
  for (let key = 0; key < keyCount(); key++) {
    setCell(gatheredKeys, key, cell(texts, cell(gatheredKeys, key)));
  }
  encodeTexts(gatheredKeys, keyCount(), 0, keyCount());
}

export function encodeKeyDays(member: i32): void {
  gatherMember(member);
  encodeIntegers(gatheredKeys, keyCount());
}

export function encodeKeyNumbers(which: i32, factor: f64): void {
  gatherNumbers(which);
  encodeNumbers(gatheredKeys, keyCount(), factor);
}
