import type { RecordFilter } from "./select-records.ts";

/** Wanted records of a file, as they are written there. */
export interface FoundRecords {
  readonly records: readonly Buffer[];
  readonly indices: readonly number[];
  readonly seen: number;
}

const head = Buffer.from('{"Records":[{');
const nameKey = Buffer.from('"eventName"');
/** The end of it: its first byte is rare in logs, so that it is found sooner. */
const nameTail = Buffer.from('Name"');
const nameBefore = nameKey.length - nameTail.length;

/**
 * Finds wanted records by search for bytes, several times quicker than walking the JSON, in a file
 * as trails write it. Where a record begins and ends is told by the name of its first member, and
 * whatever is found so must be a whole record, or all is given up: `undefined` says that the file
 * must be walked. No record is missed: each has its `eventName`. A broken record whose name is not
 * wanted is not noticed, for it is not looked at.
 */
export function findRecords(
  bytes: Buffer,
  filter: RecordFilter,
  hashes: ReadonlySet<number> = nameHashes(filter.named),
): FoundRecords | undefined {
  if (bytes.compare(head, 0, head.length, 0, Math.min(head.length, bytes.length)) !== 0) {
    return undefined;
  }
  const keyEnd = bytes.indexOf(0x22, head.length + 1);
  let fileEnd = bytes.length;
  while (fileEnd > 0 && (bytes[fileEnd - 1] as number) <= 0x20) fileEnd -= 1;
  if (keyEnd === -1 || bytes[fileEnd - 1] !== 0x7d || bytes[fileEnd - 2] !== 0x5d) return undefined;
  const begin = bytes.subarray(head.length - 1, keyEnd + 2);
  const names: number[] = [];
  const hits = textPlaces(bytes, filter.containing);
  for (
    let tail = bytes.indexOf(nameTail);
    tail !== -1;
    tail = bytes.indexOf(nameTail, tail + nameTail.length)
  ) {
    const at = tail - nameBefore;
    if (!isAt(bytes, at, nameKey)) continue;
    const place = valueAfter(bytes, at + nameKey.length);
    names.push(at);
    if (place === -1) continue;
    // Most names are not wanted: their hash tells, without a string being made.
    let hash = 0;
    let end = place;
    for (let byte = bytes[end]; byte !== 0x22; byte = bytes[++end]) {
      if (byte === undefined || byte === 0x5c) return undefined;
      hash = hashStep(hash, byte);
    }
    if (hashes.has(hash) && filter.named.has(bytes.toString("utf8", place, end))) hits.push(at);
  }
  if (names.length === 0) return undefined;
  return cut(
    bytes,
    begin,
    fileEnd - 2,
    hits.sort((a, b) => a - b),
    names,
  );
}

/** Cuts out the records in which the hits lie; `names` are the places of all names of events. */
function cut(
  bytes: Buffer,
  begin: Buffer,
  listEnd: number,
  hits: readonly number[],
  names: readonly number[],
): FoundRecords | undefined {
  const records: Buffer[] = [];
  const indices: number[] = [];
  let end = -1;
  let index = 0;
  for (const at of hits) {
    if (at < end) continue;
    const start = bytes.lastIndexOf(begin, at);
    const next = bytes.indexOf(begin, at);
    end = next === -1 ? listEnd : next - 1;
    if (start === -1 || (next !== -1 && bytes[end] !== 0x2c)) return undefined;
    const record = bytes.subarray(start, end);
    if (!isRecord(record)) return undefined;
    while ((names[index] as number) < start) index += 1;
    records.push(record);
    indices.push(index);
  }
  return { records, indices, seen: names.length };
}

function isRecord(bytes: Buffer): boolean {
  try {
    const record: unknown = JSON.parse(bytes.toString("utf8"));
    return (
      typeof record === "object" &&
      record !== null &&
      "eventName" in record &&
      "eventSource" in record &&
      "eventTime" in record
    );
  } catch {
    return false;
  }
}

/** Where the text after `"eventName"` begins, with blanks or without; -1 when it is no text. */
function valueAfter(bytes: Buffer, at: number): number {
  let place = at;
  while ((bytes[place] as number) <= 0x20) place += 1;
  if (bytes[place] !== 0x3a) return -1;
  place += 1;
  while ((bytes[place] as number) <= 0x20) place += 1;
  return bytes[place] === 0x22 ? place + 1 : -1;
}

function hashStep(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + byte) | 0;
}

/** The hashes of names, to be made once for many files. */
export function nameHashes(names: ReadonlySet<string>): ReadonlySet<number> {
  return new Set([...names].map((name) => Buffer.from(name).reduce(hashStep, 0)));
}

/** Bytes of logs from the most frequent to the rarest; those that are not here are rarer. */
const frequent = '"eatsrinoc:,-dl0123456789mupgbfhvkyw_./{}[]AEISTRCDONLMPBUGFHVWKYJXQZqzxj';

/** The place in a text from which a search for it is quickest. */
function rarePlace(text: string): number {
  let best = 0;
  let rank = -1;
  // Of the rest of the text enough must be left to tell it from others.
  for (let place = 0; place <= Math.max(0, text.length - 4); place++) {
    const found = frequent.indexOf(text[place] as string);
    const own = found === -1 ? frequent.length : found;
    if (own > rank) {
      rank = own;
      best = place;
    }
  }
  return best;
}

/** The places of some texts, in order. */
function textPlaces(bytes: Buffer, texts: readonly string[]): number[] {
  const places: number[] = [];
  for (const text of texts) {
    const before = Buffer.byteLength(text.slice(0, rarePlace(text)));
    const whole = Buffer.from(text);
    const tail = whole.subarray(before);
    for (let at = bytes.indexOf(tail); at !== -1; at = bytes.indexOf(tail, at + 1)) {
      if (isAt(bytes, at - before, whole)) places.push(at - before);
    }
  }
  return places.sort((a, b) => a - b);
}

function isAt(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  if (at < 0) return false;
  for (let index = 0; index < text.length; index++) {
    if (bytes[at + index] !== text[index]) return false;
  }
  return true;
}
