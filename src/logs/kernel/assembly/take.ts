/** Takes records in as rows and keys. */
import { cell, newCells, setCell } from "./cells";
import { accountOf, dayMsOf, errorClassOf, isKnownVersion, partitionOf } from "./host";
import { offsetOf } from "./input";
import { addKey, candidate, countAgain } from "./keys";
import { nextText, poolBytes } from "./pool";
import { fillRow } from "./reader";
import { addRow, own, rowCount, shapeCell, shapesHeld } from "./rows";
import { endOf, identity, scanRecord, startOf } from "./scanner";
import { isDigit, skipSpace } from "./walk";

const unknownVersion = 1;
const withoutIdentity = 2;
const dayMs: f64 = 86_400_000;

let timeField = 0;
let nameField = 0;
let sourceField = 0;
let idOwn = 0;
let mostRecord: usize = 0;
let accountColumn = 0;
let versionColumn = 0;
let codeColumn = 0;
let messageColumn = 0;
/** Columns of the texts of a key, then the one that stands in for the principal. */
let keyColumns: usize = 0;
let keyLength = 0;
let principal = 0;

/** By shape: what is found out once, and the key of its last row with the day of that. */
let room = 1 << 8;
let accounts: usize = 0;
let classes: usize = 0;
let flags: usize = 0;
let shapeKeys: usize = 0;
let shapeDays: usize = 0;
let described = 0;
/** By number in the pool: 1 for the ids of events that are there. */
let thereRoom = 1 << 12;
let there: usize = 0;

let lastText = -1;
let lastTextAccount = 0;
let lastVersion = -1;
let lastVersionKnown = 0;
let lastAccount = -1;
let lastDay = i32.MIN_VALUE;
let lastPartition = 0;
/** A day of the input as its characters, those of the century apart, and when it begins. */
let century: u16 = 0;
let dayText: u64 = 0;
let dayBegins: f64 = 0;

export let events = 0;
export let duplicates = 0;
export let unknownVersions = 0;
export let withoutIdentities = 0;
/** Records that {@link skim} took when it was last called. */
export let skimmed = 0;
/** Where the last record that it took begins; 0 when it took none. */
export let lastGood: usize = 0;
/** Whether that was the last of its list. */
export let isClosed = false;

export function setTake(
  time: i32,
  name: i32,
  source: i32,
  id: i32,
  most: i32,
  account: i32,
  version: i32,
  code: i32,
  message: i32,
  columns: usize,
  length: i32,
  principalMember: i32,
): void {
  timeField = time;
  nameField = name;
  sourceField = source;
  idOwn = id;
  mostRecord = most;
  accountColumn = account;
  versionColumn = version;
  codeColumn = code;
  messageColumn = message;
  keyColumns = columns;
  keyLength = length;
  principal = principalMember;
  accounts = newCells(room, 0);
  classes = newCells(room, 0);
  flags = newCells(room, 0);
  shapeKeys = newCells(room, 0);
  shapeDays = newCells(room, 0);
  there = heap.alloc(thereRoom);
  memory.fill(there, 0, thereRoom);
}

/**
 * Whether no more is to be taken in, 2, or no other object of the unit, 1: memory ends at 2 GiB, of
 * which an object may take a quarter before anything of it is taken in.
 */
export function fullness(): i32 {
  if (exceeds(192 << 20, 4_000_000, 400_000)) return 2;
  return exceeds(96 << 20, 1_000_000, 150_000) ? 1 : 0;
}

function exceeds(bytes: usize, texts: i32, shapes: i32): bool {
  return poolBytes() > bytes || nextText() > texts || rowCount() > texts || shapesHeld() > shapes;
}

/** Begins a unit. */
export function clearTake(): void {
  memory.fill(there, 0, thereRoom);
  described = 0;
  lastText = -1;
  lastVersion = -1;
  lastAccount = -1;
  lastDay = i32.MIN_VALUE;
  events = 0;
  duplicates = 0;
  unknownVersions = 0;
  withoutIdentities = 0;
}

/** Begins an object of the unit, of which the account may be known. */
export function openTake(): void {
  lastText = -1;
}

/** Notes that the event whose id that text is is there. */
export function noteThere(id: i32): void {
  if (<usize>id >= <usize>thereRoom) {
    const old = thereRoom;
    thereRoom = max(thereRoom * 2, nextText());
    there = heap.realloc(there, thereRoom);
    memory.fill(there + old, 0, thereRoom - old);
  }
  store<u8>(there + id, 1);
}

function growShapes(): void {
  room *= 2;
  const bytes = (<usize>room) << 2;
  accounts = heap.realloc(accounts, bytes);
  classes = heap.realloc(classes, bytes);
  flags = heap.realloc(flags, bytes);
  shapeKeys = heap.realloc(shapeKeys, bytes);
  shapeDays = heap.realloc(shapeDays, bytes);
}

/** Finds out what all rows of a shape have. */
function describe(shape: i32): void {
  while (shape >= room) growShapes();
  const text = shapeCell(shape, accountColumn);
  // Where records name no account, the name of each object may.
  if (text !== lastText) {
    lastTextAccount = accountOf(text);
    lastText = text;
  }
  setCell(accounts, shape, lastTextAccount);
  const code = shapeCell(shape, codeColumn);
  setCell(classes, shape, code === 0 ? 0 : errorClassOf(code, shapeCell(shape, messageColumn)));
  const version = shapeCell(shape, versionColumn);
  if (version !== lastVersion) {
    lastVersionKnown = isKnownVersion(version);
    lastVersion = version;
  }
  setCell(
    flags,
    shape,
    (lastVersionKnown !== 0 ? 0 : unknownVersion) | (startOf(identity) === 0 ? withoutIdentity : 0),
  );
  setCell(shapeDays, shape, i32.MIN_VALUE);
  described = shape + 1;
}

/** Takes in the record just scanned, of that time in milliseconds since the epoch. */
export function takeRecord(timeMs: f64): void {
  const shape = fillRow();
  if (shape >= described) describe(shape);
  const account = cell(accounts, shape);
  const day = <i32>floor<f64>(timeMs / dayMs);
  if (day !== lastDay || account !== lastAccount) {
    lastPartition = partitionOf(account, day);
    lastDay = day;
    lastAccount = account;
  }
  const id = cell(own, idOwn);
  if (id !== 0) {
    if (id < thereRoom && load<u8>(there + id) !== 0) {
      duplicates += 1;
      return;
    }
    noteThere(id);
  }
  const flag = cell(flags, shape);
  if (flag !== 0) {
    if ((flag & unknownVersion) !== 0) unknownVersions += 1;
    if ((flag & withoutIdentity) !== 0) withoutIdentities += 1;
  }
  events += 1;
  addRow(shape, timeMs, lastPartition);
  if (cell(shapeDays, shape) === day) {
    countAgain(cell(shapeKeys, shape), timeMs);
    return;
  }
  const members = keyLength - 1;
  for (let index = 0; index < members; index++) {
    setCell(candidate, index, shapeCell(shape, cell(keyColumns, index)));
  }
  if (cell(candidate, principal) === 0) {
    setCell(candidate, principal, shapeCell(shape, cell(keyColumns, members)));
  }
  setCell(shapeKeys, shape, addKey(cell(classes, shape), day, timeMs));
  setCell(shapeDays, shape, day);
}

function two(at: usize): i32 {
  const high = load<u8>(at);
  const low = load<u8>(at + 1);
  return isDigit(high) && isDigit(low) ? <i32>(high - 0x30) * 10 + <i32>(low - 0x30) : 99;
}

/** The time of the record as CloudTrail writes it, `"2024-07-16T12:00:00Z"`; NaN for others. */
export function readTime(): f64 {
  const start = startOf(timeField);
  if (start === 0 || endOf(timeField) - start !== 22) return NaN;
  const at = start + 1;
  if (load<u8>(at + 10) !== 0x54 || load<u8>(at + 19) !== 0x5a) return NaN;
  if (load<u8>(at + 13) !== 0x3a || load<u8>(at + 16) !== 0x3a) return NaN;
  const hour = two(at + 11);
  const minute = two(at + 14);
  const second = two(at + 17);
  if (hour > 23 || minute > 59 || second > 59) return NaN;
  if (load<u64>(at + 2) !== dayText || load<u16>(at) !== century) {
    // A log has few days.
    const begins = dayMsOf(offsetOf(at));
    if (isNaN<f64>(begins)) return NaN;
    century = load<u16>(at);
    dayText = load<u64>(at + 2);
    dayBegins = begins;
  }
  return dayBegins + <f64>(((hour * 60 + minute) * 60 + second) * 1_000);
}

/**
 * Takes in the records of a list from `at` on, as long as nothing is unusual with them. The place of
 * the first record that was not taken in; or the one after the list.
 */
export function skim(at: usize): usize {
  skimmed = 0;
  lastGood = 0;
  isClosed = false;
  let place = at;
  while (fullness() < 2) {
    const start = skipSpace(place);
    const end = scanRecord(start);
    if (end === 0) return place;
    const next = skipSpace(end);
    const byte = load<u8>(next);
    if (byte !== 0x2c && byte !== 0x5d) return place;
    if (end - start > mostRecord || startOf(nameField) === 0 || startOf(sourceField) === 0) {
      return place;
    }
    const timeMs = readTime();
    if (isNaN<f64>(timeMs)) return place;
    takeRecord(timeMs);
    skimmed += 1;
    lastGood = start;
    place = next + 1;
    if (byte === 0x5d) {
      isClosed = true;
      return place;
    }
  }
  return place;
}
