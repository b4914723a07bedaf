/** Fills rows with the members that the scanner found. */
import { cell, fillCells, isEqual, newCells, setCell } from "./cells";
import { unescaped } from "./host";
import { offsetOf } from "./input";
import { addText, addUnescaped, appendText, nextText } from "./pool";
import { addShape, own, shape } from "./rows";
import {
  ageOf,
  alikeShape,
  endOf,
  identity,
  memoOf,
  memosOfField,
  mostMemos,
  noteShape,
  startOf,
} from "./scanner";

const quote: u8 = 0x22;
const backslash: u8 = 0x5c;
/** The first byte of `null`, of `true` and of `false`. */
const nullByte: u8 = 0x6e;
const trueByte: u8 = 0x74;
const falseByte: u8 = 0x66;

/** Longer texts are looked up at once. */
const mostCompared: usize = 64;
/**
 * After so many texts of a column in a row that were new, so many more are taken in without being
 * looked up: where requests name what they are about, none is like another.
 */
const mostNew = 32;
const mostUnasked = 512;

const jsonKind = 1;
const booleanKind = 2;
const timeKind = 3;

let width = 0;
let fieldOfColumn: usize = 0;
let kinds: usize = 0;
let flats: usize = 0;
let flatCount = 0;
let nesteds: usize = 0;
let nestedCount = 0;
let owns: usize = 0;
let ownCount = 0;
let response = 0;
let source = 0;
let shared = 0;
let mostResponse: usize = 0;
let mostOrganizations: usize = 0;
/** `"organizations.amazonaws.com"`, with its quotes. */
let organizations: usize = 0;
let organizationsLength: usize = 0;
/** By memo: the number in the pool, good while the memo's age is the one noted. */
let memoIds: usize = 0;
let memoAges: usize = 0;
let nestedIds: usize = 0;
/** By column: the last short text of this input, which often comes again at once. */
let lastLengths: usize = 0;
let lastStarts: usize = 0;
let lastIds: usize = 0;
/** By column: texts in a row that were new; past `mostNew`, those that were not looked up too. */
let newInRow: usize = 0;

/** Takes in the columns: three numbers each, its field, its kind, and whether it is a row's own. */
export function setReader(
  list: usize,
  columns: i32,
  responseField: i32,
  sourceField: i32,
  sharedColumn: i32,
  mostResponseBytes: i32,
  mostOrganizationsBytes: i32,
  text: usize,
  textLength: i32,
): void {
  width = columns;
  fieldOfColumn = newCells(columns, 0);
  kinds = newCells(columns, 0);
  flats = newCells(columns, 0);
  nesteds = newCells(columns, 0);
  owns = newCells(columns, 0);
  for (let column = 0; column < columns; column++) {
    const field = cell(list, column * 3);
    const kind = cell(list, column * 3 + 1);
    setCell(fieldOfColumn, column, field);
    setCell(kinds, column, kind);
    if (cell(list, column * 3 + 2) !== 0) setCell(owns, ownCount++, column);
    else if (kind === timeKind) continue;
    else if (field > identity) setCell(nesteds, nestedCount++, column);
    else setCell(flats, flatCount++, column);
  }
  response = responseField;
  source = sourceField;
  shared = sharedColumn;
  mostResponse = mostResponseBytes;
  mostOrganizations = mostOrganizationsBytes;
  organizations = text;
  organizationsLength = textLength;
  memoIds = newCells(mostMemos, 0);
  memoAges = newCells(mostMemos, -1);
  nestedIds = newCells(memosOfField * nestedCount, 0);
  lastLengths = newCells(columns, 0);
  lastStarts = newCells(columns, 0);
  lastIds = newCells(columns, 0);
  newInRow = newCells(columns, 0);
}

/** Begins with another input. */
export function openReader(): void {
  fillCells(lastLengths, width, 0);
  fillCells(newInRow, width, 0);
}

/** Forgets what it knew of the pool's numbers. */
export function clearReader(): void {
  fillCells(memoAges, mostMemos, -1);
}

function isPlain(start: usize, end: usize): bool {
  for (let place = start; place < end; place++) if (load<u8>(place) === backslash) return false;
  return true;
}

/** Whether an answer is kept: short, and without credentials, which do not belong in a lake. */
function isKept(start: usize, end: usize): bool {
  const from = startOf(source);
  const length = endOf(source) - from;
  const isOrganizations =
    from !== 0 && length === organizationsLength && isEqual(from, organizations, length);
  if (end - start > (isOrganizations ? mostOrganizations : mostResponse)) return false;
  // The first and the last eight bytes of `"sessionToken"`.
  for (let place = start; place + 14 <= end; place++) {
    if (load<u64>(place) === 0x6e6f697373657322 && load<u64>(place + 6) === 0x226e656b6f546e6f) {
      return false;
    }
  }
  return true;
}

function addJson(column: i32, from: usize, to: usize): i32 {
  const row = cell(newInRow, column);
  if (row >= mostNew) {
    setCell(newInRow, column, row >= mostNew + mostUnasked ? 0 : row + 1);
    return appendText(from, to);
  }
  const next = nextText();
  const id = addText(from, to);
  setCell(newInRow, column, id === next ? row + 1 : 0);
  return id;
}

function textOf(column: i32, from: usize, to: usize): i32 {
  const first = load<u8>(from);
  if (first === nullByte) return 0;
  // Of these no two are the same within a log.
  if (column === shared && first === quote && isPlain(from + 1, to - 1)) {
    return appendText(from + 1, to - 1);
  }
  if (first !== quote) return addText(from, to);
  const length = to - from;
  if (
    length === <usize>cell(lastLengths, column) &&
    isEqual(from, cell(lastStarts, column), length)
  ) {
    return cell(lastIds, column);
  }
  const id = addUnescaped(from + 1, to - 1);
  if (id === -1) return unescaped(offsetOf(from), offsetOf(to));
  if (length <= mostCompared) {
    setCell(lastLengths, column, <i32>length);
    setCell(lastStarts, column, <i32>from);
    setCell(lastIds, column, id);
  }
  return id;
}

function jsonOf(column: i32, field: i32, from: usize, to: usize): i32 {
  if (load<u8>(from) === nullByte) return 0;
  if (field === response && !isKept(from, to)) return 0;
  const known = memoOf(field);
  if (known === -1) return addJson(column, from, to);
  if (cell(memoAges, known) !== ageOf(known)) {
    setCell(memoAges, known, ageOf(known));
    setCell(memoIds, known, addJson(column, from, to));
  }
  return cell(memoIds, known);
}

/** What stands for a member in a shape. */
function cellOf(column: i32): i32 {
  const field = cell(fieldOfColumn, column);
  const from = startOf(field);
  const kind = cell(kinds, column);
  if (from === 0) return kind === booleanKind ? -1 : 0;
  if (kind === jsonKind) return jsonOf(column, field, from, endOf(field));
  if (kind !== booleanKind) return textOf(column, from, endOf(field));
  const first = load<u8>(load<u8>(from) === quote ? from + 1 : from);
  return first === trueByte ? 1 : first === falseByte ? 0 : -1;
}

function fillFlat(): void {
  for (let index = 0; index < flatCount; index++) {
    const column = cell(flats, index);
    setCell(shape, column, cellOf(column));
  }
}

function fillNested(): void {
  const known = startOf(identity) === 0 ? -1 : memoOf(identity);
  const base = (known & (memosOfField - 1)) * nestedCount;
  if (known !== -1 && cell(memoAges, known) === ageOf(known)) {
    for (let index = 0; index < nestedCount; index++) {
      setCell(shape, cell(nesteds, index), cell(nestedIds, base + index));
    }
    return;
  }
  for (let index = 0; index < nestedCount; index++) {
    const column = cell(nesteds, index);
    const value = cellOf(column);
    setCell(shape, column, value);
    if (known !== -1) setCell(nestedIds, base + index, value);
  }
  if (known !== -1) setCell(memoAges, known, ageOf(known));
}

/** Fills in the row's own columns; the number of its shape, which is made when it is new. */
export function fillRow(): i32 {
  for (let index = 0; index < ownCount; index++) setCell(own, index, cellOf(cell(owns, index)));
  const known = alikeShape();
  if (known !== -1) return known;
  fillFlat();
  fillNested();
  const made = addShape();
  noteShape(made);
  return made;
}
