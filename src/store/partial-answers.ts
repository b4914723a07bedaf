import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { AppError } from "../core/app-error.ts";

/** What a partial file begins with: answers are only good for the same question. */
export interface PartialHeader {
  readonly kind: "orgrail-partial-snapshot";
  readonly version: 1;
  readonly account: string;
  /** What was asked for, as text. */
  readonly scope: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** What every answer has. */
interface Keyed {
  readonly key: string;
}

/** Answers by key. They are parsed when they are asked for: there may be hundreds of megabytes. */
export interface AnswerIndex<T extends Keyed> {
  readonly size: number;
  get(key: string): T | undefined;
}

/** Answers of a snapshot that is being taken, a line each, in a file beside it. */
export interface PartialAnswers<T extends Keyed> {
  readonly header: PartialHeader;
  /** What a former try has left; a line that was cut off is not among it. */
  readonly kept: AnswerIndex<T>;
  append(answer: T): void;
  /** All answers, compressed, for the next collect. */
  packed(): Buffer;
  /** Removes the file: the snapshot is saved. */
  remove(): void;
}

/**
 * Opens the answers beside a snapshot: goes on with those of a try that was cut off, when it asked
 * for the same and is not older than `mostAgeMs`; else begins anew.
 *
 * @throws AppError ORGRAIL4290 when the file cannot be written.
 */
export function openPartialAnswers<T extends Keyed>(
  path: string,
  header: PartialHeader,
  mostAgeMs: number,
): PartialAnswers<T> {
  try {
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    const { first, lines, end } = readLines(bytes);
    const isSame =
      isHeader(first) &&
      first.account === header.account &&
      first.scope === header.scope &&
      Date.parse(header.startedAt) - Date.parse(first.startedAt) <= mostAgeMs;
    if (isSame) {
      // What follows a line that was cut off would be lost with it.
      if (end < bytes.length) writeFileSync(path, bytes.subarray(0, end), { mode: 0o600 });
    } else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify(header)}\n`, { mode: 0o600 });
    }
    return {
      header: isSame ? first : header,
      kept: indexOf(isSame ? lines : []),
      append: (answer) => appendFileSync(path, `${JSON.stringify(answer)}\n`),
      packed: () => gzipSync(readFileSync(path)),
      remove: () => rmSync(path, { force: true }),
    };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new AppError("ORGRAIL4290", `cannot keep what is read in ${path}: ${why}`, {
      hint: "write the snapshot into a folder that can be written",
    });
  }
}

/**
 * The answers that a snapshot of a store rests on, of the same caller; none when they are damaged or
 * another's.
 */
export function readAnswers<T extends Keyed>(packed: Buffer, account: string): AnswerIndex<T> {
  try {
    const { first, lines } = readLines(gunzipSync(packed));
    return indexOf(isHeader(first) && first.account === account ? lines : []);
  } catch {
    return indexOf([]);
  }
}

/** Where an answer's line lies, by its key. */
type Line = readonly [key: string, bytes: Buffer];

function indexOf<T extends Keyed>(lines: readonly Line[]): AnswerIndex<T> {
  const byKey = new Map(lines);
  return {
    size: byKey.size,
    get: (key) => {
      const line = byKey.get(key);
      return line === undefined ? undefined : (JSON.parse(line.toString("utf8")) as T);
    },
  };
}

function readLines(bytes: Buffer): {
  readonly first: unknown;
  readonly lines: readonly Line[];
  /** Where the last whole line ends. */
  readonly end: number;
} {
  let first: unknown;
  const lines: Line[] = [];
  let at = 0;
  while (at < bytes.length) {
    const next = bytes.indexOf(10, at);
    if (next < 0) break;
    const line = bytes.subarray(at, next);
    try {
      const value = JSON.parse(line.toString("utf8")) as Partial<Keyed> | null;
      if (at === 0) first = value;
      else if (typeof value?.key === "string") lines.push([value.key, line]);
    } catch {
      break;
    }
    at = next + 1;
  }
  return { first, lines, end: at };
}

function isHeader(value: unknown): value is PartialHeader {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    value.kind === "orgrail-partial-snapshot" &&
    "version" in value &&
    value.version === 1
  );
}
