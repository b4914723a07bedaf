import { fieldNumber } from "../record/fields.ts";
import { mostAlike, mostMemos, type RecordScanner } from "../record/record-scanner.ts";
import type { TextPool } from "../record/text-pool.ts";
import { columnFields, columnOf, eventColumns, ownColumns } from "./event-columns.ts";
import type { RowTable } from "./row-table.ts";

/** Fills rows with the members that the scanner found. */
export interface EventReader {
  /** Fills in the row's own columns; the number of its shape, which is made when it is new. */
  fill(bytes: Buffer): number;
  /** Begins with the bytes of another file. */
  open(): void;
  /** Forgets what it knew of the pool's numbers. */
  clear(): void;
}

/** Answers of services that are longer are left out: they are half of all bytes and decide nothing. */
export const mostResponseBytes = 1_024;

/** Those of AWS Organizations hold policies, which rules compare. */
export const mostOrganizationsBytes = 65_536;
const organizations = Buffer.from('"organizations.amazonaws.com"');

/** Longer texts are looked up at once. */
const mostCompared = 64;

/**
 * After so many texts of a column in a row that were new, so many more are taken in without being
 * looked up: where requests name what they are about, none is like another.
 */
const mostNew = 32;
const mostUnasked = 512;

function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  for (let place = start; place < end; place++) if (bytes[place] === 0x5c) return false;
  return true;
}

function isSame(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  for (let index = 1; index < length; index++) {
    if (bytes[a + index] !== bytes[b + index]) return false;
  }
  return true;
}

/** Whether an answer is kept: short, and without credentials, which do not belong in a lake. */
function isKept(bytes: Buffer, start: number, end: number, most: number): boolean {
  if (end - start > most) return false;
  return !bytes.subarray(start, end).includes('"sessionToken"');
}

/** Makes a reader that keeps texts in that pool, and shapes in that table. */
export function createEventReader(
  scanner: RecordScanner,
  pool: TextPool,
  rows: Pick<RowTable, "shape" | "own" | "addShape">,
): EventReader {
  const { shape, own } = rows;
  const { start, end, memo, memoAge } = scanner;
  const identity = fieldNumber("userIdentity");
  const response = fieldNumber("responseElements");
  const source = fieldNumber("eventSource");
  const shared = columnOf("sharedEventID");
  const isJson = eventColumns.map(({ kind }) => kind === "json");
  const isBoolean = eventColumns.map(({ kind }) => kind === "boolean");
  const isTime = eventColumns.map(({ kind }) => kind === "time");
  const flat: number[] = [];
  const nested: number[] = [];
  for (const [column, field] of columnFields.entries()) {
    if (isTime[column] === true || ownColumns.includes(column)) continue;
    (field > identity ? nested : flat).push(column);
  }
  const flatColumns = Int32Array.from(flat);
  const rowColumns = Int32Array.from(ownColumns);
  const nestedColumns = Int32Array.from(nested);
  const fieldOf = Int32Array.from(columnFields);
  const jsonColumn = Uint8Array.from(isJson, Number);
  const booleanColumn = Uint8Array.from(isBoolean, Number);
  /** By memo: the number in the pool, good while the memo's age is the one noted. */
  const memoIds = new Int32Array(mostMemos);
  const memoAges = new Int32Array(mostMemos).fill(-1);
  const nestedIds = new Int32Array(256 * nested.length);
  /** By column: the last short text of this file, which often comes again at once. */
  const lastLength = new Int32Array(eventColumns.length);
  const lastStart = new Int32Array(eventColumns.length);
  const lastId = new Int32Array(eventColumns.length);

  /** By column: texts in a row that were new; past `mostNew`, those that were not looked up too. */
  const newInRow = new Int32Array(eventColumns.length);

  const addJson = (bytes: Buffer, column: number, from: number, to: number): number => {
    const row = newInRow[column] as number;
    if (row >= mostNew) {
      newInRow[column] = row >= mostNew + mostUnasked ? 0 : row + 1;
      return pool.append(bytes, from, to);
    }
    const next = pool.next();
    const id = pool.add(bytes, from, to);
    newInRow[column] = id === next ? row + 1 : 0;
    return id;
  };

  const textOf = (bytes: Buffer, column: number, from: number, to: number): number => {
    const first = bytes[from];
    if (first === 0x6e) return 0;
    // Of these no two are the same within a log.
    if (column === shared && first === 0x22 && isPlain(bytes, from + 1, to - 1)) {
      return pool.append(bytes, from + 1, to - 1);
    }
    if (first !== 0x22) return pool.add(bytes, from, to);
    const length = to - from;
    if (length === lastLength[column] && isSame(bytes, from, lastStart[column] as number, length)) {
      return lastId[column] as number;
    }
    const id = pool.addUnescaped(bytes, from + 1, to - 1);
    if (id === -1) return pool.addText(String(JSON.parse(bytes.toString("utf8", from, to))));
    if (length <= mostCompared) {
      lastLength[column] = length;
      lastStart[column] = from;
      lastId[column] = id;
    }
    return id;
  };

  const mostOf = (bytes: Buffer): number => {
    const from = start[source] as number;
    const to = end[source] as number;
    return to - from === organizations.length &&
      bytes.compare(organizations, 0, to - from, from, to) === 0
      ? mostOrganizationsBytes
      : mostResponseBytes;
  };

  const jsonOf = (
    bytes: Buffer,
    column: number,
    field: number,
    from: number,
    to: number,
  ): number => {
    if (bytes[from] === 0x6e) return 0;
    if (field === response && !isKept(bytes, from, to, mostOf(bytes))) return 0;
    const known = memo[field] as number;
    if (known === -1) return addJson(bytes, column, from, to);
    if (memoAges[known] !== memoAge[known]) {
      memoAges[known] = memoAge[known] as number;
      memoIds[known] = addJson(bytes, column, from, to);
    }
    return memoIds[known] as number;
  };

  /** What stands for a member in a shape. */
  const cellOf = (bytes: Buffer, column: number): number => {
    const field = fieldOf[column] as number;
    const from = start[field] as number;
    const isTruth = booleanColumn[column] === 1;
    if (from === -1) return isTruth ? -1 : 0;
    if (jsonColumn[column] === 1) return jsonOf(bytes, column, field, from, end[field] as number);
    if (!isTruth) return textOf(bytes, column, from, end[field] as number);
    const first = bytes[bytes[from] === 0x22 ? from + 1 : from];
    return first === 0x74 ? 1 : first === 0x66 ? 0 : -1;
  };

  const fillFlat = (bytes: Buffer): void => {
    for (let index = 0; index < flatColumns.length; index++) {
      const column = flatColumns[index] as number;
      shape[column] = cellOf(bytes, column);
    }
  };

  const fillNested = (bytes: Buffer): void => {
    const known = start[identity] === -1 ? -1 : (memo[identity] as number);
    const base = (known & 255) * nestedColumns.length;
    if (known !== -1 && memoAges[known] === memoAge[known]) {
      for (let index = 0; index < nestedColumns.length; index++) {
        shape[nestedColumns[index] as number] = nestedIds[base + index] as number;
      }
      return;
    }
    for (let index = 0; index < nestedColumns.length; index++) {
      const column = nestedColumns[index] as number;
      const cell = cellOf(bytes, column);
      shape[column] = cell;
      if (known !== -1) nestedIds[base + index] = cell;
    }
    if (known !== -1) memoAges[known] = memoAge[known] as number;
  };

  /** By number of an alike record: its shape, or -1. */
  const alikeShapes = new Int32Array(mostAlike).fill(-1);

  return {
    fill: (bytes) => {
      for (let index = 0; index < rowColumns.length; index++) {
        own[index] = cellOf(bytes, rowColumns[index] as number);
      }
      const { number, isFirst } = scanner.alike;
      const known = number === -1 || isFirst ? -1 : (alikeShapes[number] as number);
      if (known !== -1) return known;
      fillFlat(bytes);
      fillNested(bytes);
      const made = rows.addShape();
      if (number !== -1) alikeShapes[number] = made;
      return made;
    },
    open: () => {
      lastLength.fill(0);
      newInRow.fill(0);
      alikeShapes.fill(-1);
    },
    clear: () => {
      memoAges.fill(-1);
    },
  };
}

/** The places of the columns that others look at. */
export const columnPlaces: {
  readonly [Name in
    | "eventID"
    | "recipientAccountId"
    | "awsRegion"
    | "eventSource"
    | "eventName"
    | "eventType"
    | "eventCategory"
    | "eventVersion"
    | "errorCode"
    | "errorMessage"]: number;
} & {
  readonly identityType: number;
  readonly identityArn: number;
  readonly identityAccountId: number;
  readonly invokedBy: number;
  readonly sessionIssuerArn: number;
} = {
  eventID: columnOf("eventID"),
  recipientAccountId: columnOf("recipientAccountId"),
  awsRegion: columnOf("awsRegion"),
  eventSource: columnOf("eventSource"),
  eventName: columnOf("eventName"),
  eventType: columnOf("eventType"),
  eventCategory: columnOf("eventCategory"),
  eventVersion: columnOf("eventVersion"),
  errorCode: columnOf("errorCode"),
  errorMessage: columnOf("errorMessage"),
  identityType: columnOf("userIdentity.type"),
  identityArn: columnOf("userIdentity.arn"),
  identityAccountId: columnOf("userIdentity.accountId"),
  invokedBy: columnOf("userIdentity.invokedBy"),
  sessionIssuerArn: columnOf("userIdentity.sessionContext.sessionIssuer.arn"),
};
