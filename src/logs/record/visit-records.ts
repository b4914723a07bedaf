import { fieldNumber } from "./fields.ts";
import { notJson, type RecordScanner } from "./record-scanner.ts";

/** What is in a file beside records of CloudTrail. */
export type OtherContent = "digest" | "insight";

/** Is told what is found in a file. The scanner holds the members of the record just given. */
export interface RecordVisitor {
  record(bytes: Buffer, start: number, end: number): void;
  /**
   * Takes in the records of a list from a place on, as long as nothing is unusual with them; the
   * others are given to `record`, as all are where this is missing.
   */
  skim?(at: number): Skimmed;
  /** A part that cannot be read; what comes after it still is. */
  rejected(bytes: Buffer, start: number, end: number, reason: string): void;
  /** Files of CloudTrail's own that hold no events. */
  other(what: OtherContent): void;
}

/** What was taken in of a list. */
export interface Skimmed {
  /** Of the first record that was not taken in; or after the list. */
  readonly place: number;
  /** Where the last one begins that was taken in, or -1. */
  readonly lastGood: number;
  /** Whether the list ended. */
  readonly isClosed: boolean;
}

/** Records longer than this are not CloudTrail's, whose events have at most 256 KB. */
export const mostRecordBytes: number = 16 * 1_048_576;

/** The first name of a record, as AWS writes it. */
const usualName = '"eventVersion"';

/**
 * Walks everything in a file: `{"Records": [...]}` as trails write it, lists, JSON lines, envelopes
 * of EventBridge (the record is their `detail`), answers of LookupEvents. A broken record costs
 * itself only: reading goes on where the next one begins.
 */
export type VisitRecords = (bytes: Buffer, visitor: RecordVisitor) => void;

/** Makes a function that walks files with this scanner. */
export function createVisitRecords(scanner: RecordScanner): VisitRecords {
  const { skipSpace, skipString, skipValue } = scanner;
  const nameField = fieldNumber("eventName");
  const sourceField = fieldNumber("eventSource");
  const versionField = fieldNumber("eventVersion");
  const has = (field: number): boolean => scanner.start(field) !== -1;

  const give = (bytes: Buffer, start: number, end: number, visitor: RecordVisitor): void => {
    if (end - start > mostRecordBytes) {
      const size = `${Math.round((end - start) / 1_048_576)} MiB`;
      visitor.rejected(bytes, start, end, `the record has ${size}, more than any of CloudTrail's`);
    } else if (has(nameField) && has(sourceField)) visitor.record(bytes, start, end);
    else if (isInsight(bytes, scanner)) visitor.other("insight");
    else visitor.rejected(bytes, start, end, "it has no `eventName` and `eventSource`");
  };

  /** Walks the records of a list from after its `[`; the place after the list. */
  const visitList = (bytes: Buffer, at: number, visitor: RecordVisitor): number => {
    let place = skipSpace(at);
    let lastGood = -1;
    if (bytes[place] === 0x5d) return place + 1;
    for (;;) {
      const skimmed = visitor.skim?.(place);
      if (skimmed !== undefined) {
        place = skimmed.place;
        if (skimmed.isClosed) return place;
        if (skimmed.lastGood !== -1) lastGood = skimmed.lastGood;
      }
      const start = skipSpace(place);
      const end = scanner.scan(start);
      const next = end === notJson ? notJson : skipSpace(end);
      const isClosed = bytes[next] === 0x5d;
      if (end !== notJson && (isClosed || bytes[next] === 0x2c)) {
        if (has(nameField)) lastGood = start;
        give(bytes, start, end, visitor);
        if (isClosed) return next + 1;
        place = next + 1;
        continue;
      }
      const value = skipValue(start);
      const after = value === notJson ? notJson : skipSpace(value);
      if (value !== notJson && (bytes[after] === 0x5d || bytes[after] === 0x2c)) {
        visitor.rejected(bytes, start, value, "it is no object");
        if (bytes[after] === 0x5d) return after + 1;
        place = after + 1;
        continue;
      }
      const known = lastGood === -1 ? undefined : firstName(bytes, lastGood, skipString);
      const name = known ?? usualName;
      let again = nextRecord(bytes, start + 1, name, skipSpace);
      if (again === notJson && name !== usualName) {
        again = nextRecord(bytes, start + 1, usualName, skipSpace);
      }
      if (again === notJson) {
        visitor.rejected(bytes, start, bytes.length, "it is no JSON, or cut off");
        return bytes.length;
      }
      visitor.rejected(bytes, start, again, "it is no JSON");
      place = again;
    }
  };

  /** Walks an object that is no record itself; the place after it, or `notJson`. */
  const visitContainer = (bytes: Buffer, at: number, visitor: RecordVisitor): number => {
    const found = new Map<string, number>();
    let place = skipSpace(at + 1);
    let isRead = false;
    if (bytes[place] !== 0x7d) {
      for (;;) {
        place = skipSpace(place);
        if (bytes[place] !== 0x22) return notJson;
        const nameStart = place + 1;
        place = skipString(nameStart);
        if (place === notJson) return notJson;
        const name = bytes.toString("utf8", nameStart, place - 1);
        place = skipSpace(place);
        if (bytes[place] !== 0x3a) return notJson;
        place = skipSpace(place + 1);
        found.set(name, place);
        if (name === "Records" && bytes[place] === 0x5b) {
          isRead = true;
          place = visitList(bytes, place + 1, visitor);
          if (place >= bytes.length) return place;
        } else place = skipValue(place);
        if (place === notJson) return notJson;
        place = skipSpace(place);
        if (bytes[place] === 0x7d) break;
        if (bytes[place] !== 0x2c) return notJson;
        place += 1;
      }
    }
    const end = place + 1;
    if (isRead) return end;
    const detail = found.get("detail");
    const events = found.get("Events");
    if (detail !== undefined && found.has("detail-type")) {
      const after = scanner.scan(detail);
      if (after === notJson) return notJson;
      give(bytes, detail, after, visitor);
    } else if (found.has("digestEndTime") && found.has("logFiles")) visitor.other("digest");
    else if (events !== undefined) visitLookup(bytes, events, place, visitor);
    else visitor.rejected(bytes, at, end, "it holds no CloudTrail records");
    return end;
  };

  /** Walks the answer of LookupEvents, which holds records as texts. */
  const visitLookup = (bytes: Buffer, at: number, end: number, visitor: RecordVisitor): void => {
    const answer: unknown = JSON.parse(`{"Events":${bytes.toString("utf8", at, end)}}`);
    const events = (answer as { Events: unknown }).Events;
    for (const event of Array.isArray(events) ? events : []) {
      const text: unknown = event?.CloudTrailEvent;
      const inner = Buffer.from(typeof text === "string" ? text : JSON.stringify(event ?? null));
      scanner.open(inner);
      const after = typeof text === "string" ? scanner.scan(0) : notJson;
      if (after === notJson) visitor.rejected(inner, 0, inner.length, "it is no JSON");
      else give(inner, 0, after, visitor);
    }
    scanner.open(bytes);
  };

  const visitDocument = (bytes: Buffer, at: number, visitor: RecordVisitor): number => {
    if (bytes[at] === 0x5b) return visitList(bytes, at + 1, visitor);
    if (bytes[at] !== 0x7b) return notJson;
    if (firstName(bytes, at, skipString) !== '"Records"') {
      const end = scanner.scan(at);
      if (end === notJson) return notJson;
      if (has(nameField) || has(sourceField) || has(versionField)) {
        give(bytes, at, end, visitor);
        return end;
      }
    }
    return visitContainer(bytes, at, visitor);
  };

  return (bytes, visitor) => {
    scanner.open(bytes);
    let place = skipSpace(0);
    let broken = -1;
    while (place < bytes.length) {
      const end = visitDocument(bytes, place, visitor);
      if (end !== notJson) {
        if (broken !== -1) visitor.rejected(bytes, broken, place, "it is no JSON");
        broken = -1;
        place = skipSpace(end);
        continue;
      }
      // A broken line of JSON lines: the next may be whole.
      if (broken === -1) broken = place;
      const line = bytes.indexOf(0x0a, place);
      place = line === -1 ? bytes.length : skipSpace(line);
    }
    if (broken !== -1) visitor.rejected(bytes, broken, bytes.length, "it is no JSON, or cut off");
  };
}

function isInsight(bytes: Buffer, scanner: RecordScanner): boolean {
  const type = fieldNumber("eventType");
  const start = scanner.start(type);
  return (
    start !== -1 && bytes.toString("utf8", start, scanner.end(type)) === '"AwsCloudTrailInsight"'
  );
}

/** The first name in an object, with its quotes. */
function firstName(
  bytes: Buffer,
  at: number,
  skipString: RecordScanner["skipString"],
): string | undefined {
  let place = at + 1;
  while ((bytes[place] as number) <= 0x20) place += 1;
  if (bytes[place] !== 0x22) return undefined;
  const end = skipString(place + 1);
  return end === notJson ? undefined : bytes.toString("utf8", place, end);
}

/** Where the next object begins whose first name is this one; or `notJson`. */
function nextRecord(
  bytes: Buffer,
  from: number,
  name: string,
  skipSpace: RecordScanner["skipSpace"],
): number {
  for (
    let place = bytes.indexOf(name, from);
    place !== -1;
    place = bytes.indexOf(name, place + 1)
  ) {
    let brace = place - 1;
    while (brace > from && (bytes[brace] as number) <= 0x20) brace -= 1;
    // Before `from` stands the broken record itself.
    const isBrace = brace >= from && bytes[brace] === 0x7b;
    if (isBrace && bytes[skipSpace(place + name.length)] === 0x3a) return brace;
  }
  return notJson;
}
