import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

/** Answers of a snapshot that is being taken, a line each, in a file beside it. */
export interface PartialAnswers<T> {
  readonly header: PartialHeader;
  /** What a former try has left; a line that was cut off is not among it. */
  readonly kept: readonly T[];
  append(answer: T): void;
  /** Removes the file: the snapshot is saved. */
  remove(): void;
}

/**
 * Opens the answers beside a snapshot: goes on with those of a try that was cut off, when it asked
 * for the same and is not older than `mostAgeMs`; else begins anew.
 *
 * @throws AppError ORGRAIL4290 when the file cannot be written.
 */
export function openPartialAnswers<T>(
  path: string,
  header: PartialHeader,
  mostAgeMs: number,
): PartialAnswers<T> {
  try {
    const former = existsSync(path) ? readLines(path) : [];
    const [first, ...answers] = former;
    const isSame =
      isHeader(first) &&
      first.account === header.account &&
      first.scope === header.scope &&
      Date.parse(header.startedAt) - Date.parse(first.startedAt) <= mostAgeMs;
    if (isSame) {
      // What follows a line that was cut off would be lost with it.
      write(path, former);
    } else write(path, [header]);
    return {
      header: isSame ? first : header,
      kept: isSame ? (answers as T[]) : [],
      append: (answer) => appendFileSync(path, `${JSON.stringify(answer)}\n`),
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

function write(path: string, lines: readonly unknown[]): void {
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""), { mode: 0o600 });
}

function readLines(path: string): readonly unknown[] {
  const found: unknown[] = [];
  for (const line of readFileSync(path, "utf8").split("\n")) {
    if (line === "") continue;
    try {
      found.push(JSON.parse(line));
    } catch {
      break;
    }
  }
  return found;
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
