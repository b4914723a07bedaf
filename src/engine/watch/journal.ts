import { open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../core/app-error.ts";
import { makeDirectory } from "../../store/atomic-file.ts";
import { reasonOf } from "../../store/file-errors.ts";
import { type JournalRecord, parseJournalLine } from "./journal-records.ts";
import { openSegment, type SegmentFile, type WriteDurably, writeDurably } from "./segment-file.ts";

/** One file of the journal. */
interface Segment {
  readonly number: number;
  readonly path: string;
  bytes: number;
  /** The number of the last finding that stands here or before. */
  lastFinding: number;
}

/** A place in the journal, from which a reader goes on. */
export interface JournalPlace {
  readonly segment: number;
  readonly offset: number;
}

/** What the watcher has found and done, in files that are written at their end and never changed. */
export interface Journal {
  /**
   * Adds records, together with those that others add meanwhile; resolves when they are on the disk.
   *
   * @throws AppError ORGRAIL4370; then nothing of them was kept.
   */
  append(records: readonly JournalRecord[]): Promise<void>;
  /** Bytes of all files. */
  bytes(): number;
  /** Bytes of the file that is written. */
  segmentBytes(): number;
  /** Number of the file that is written. */
  segment(): number;
  /** Begins the next file. */
  rotate(): Promise<void>;
  /** Removes files before this one that hold no finding after this number. */
  drop(beforeSegment: number, takenUpTo: number): Promise<void>;
  /** Reads on from a place: lines that are on the disk, about so many bytes of them. */
  read(
    from: JournalPlace | undefined,
    mostBytes: number,
  ): Promise<{ readonly records: readonly JournalRecord[]; readonly next: JournalPlace }>;
  /** Resolves at the next append, or when the signal is aborted. */
  changed(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

const namePattern = /^(\d{8})\.ndjson$/;

/**
 * Opens the journal of a folder. `replay` is told of all records from the segment `from` on, and of
 * findings before it. The last line is cut off when a crash left only a part of it.
 *
 * @throws AppError ORGRAIL4371 when a file is damaged elsewhere.
 */
export async function openJournal(
  folder: string,
  from: number,
  replay: (record: JournalRecord, isAfterState: boolean) => void,
  write: WriteDurably = writeDurably,
): Promise<Journal> {
  await makeDirectory(folder, 0o700);
  const segments: Segment[] = [];
  const names = (await readdir(folder)).filter((name) => namePattern.test(name)).sort();
  let lastFinding = 0;
  for (const [index, name] of names.entries()) {
    const number = Number(name.slice(0, 8));
    const path = join(folder, name);
    const isLast = index === names.length - 1;
    const bytes = await replayFile(path, isLast, (record) => {
      if (record.k === "finding") lastFinding = record.n;
      replay(record, number >= from);
    });
    segments.push({ number, path, bytes, lastFinding });
  }
  const pathOf = (number: number): string =>
    join(folder, `${String(number).padStart(8, "0")}.ndjson`);
  const newest = segments.at(-1);
  if (newest === undefined || newest.number < from) {
    segments.push({ number: from, path: pathOf(from), bytes: 0, lastFinding });
  }
  const current = (): Segment => segments.at(-1) as Segment;
  let file: SegmentFile = await openSegment(current().path, current().bytes, write);

  let waiting: {
    readonly text: string;
    readonly lastFinding: number;
    readonly resolve: () => void;
    readonly reject: (error: unknown) => void;
  }[] = [];
  let listeners: (() => void)[] = [];
  let busy: Promise<void> | undefined;

  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await file.append(batch.map(({ text }) => text).join(""));
      } catch (error) {
        const failure = new AppError(
          "ORGRAIL4370",
          `cannot write the state \`${file.path}\`: ${reasonOf(error)}`,
          { cause: error },
        );
        for (const { reject } of batch) reject(failure);
        continue;
      }
      const segment = current();
      segment.bytes = file.size();
      segment.lastFinding = Math.max(segment.lastFinding, ...batch.map((one) => one.lastFinding));
      for (const { resolve } of batch) resolve();
      for (const wake of listeners.splice(0)) wake();
    }
  };
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    while (busy !== undefined) await busy;
    const run = work();
    busy = run.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await run;
    } finally {
      busy = undefined;
    }
  };

  return {
    append: (records) =>
      new Promise((resolve, reject) => {
        const findings = records.flatMap((record) => (record.k === "finding" ? [record.n] : []));
        waiting.push({
          text: records.map((record) => `${JSON.stringify(record)}\n`).join(""),
          lastFinding: Math.max(0, ...findings.slice(-1)),
          resolve,
          reject,
        });
        if (waiting.length === 1) inTurn(writeAll).catch(reject);
      }),
    bytes: () => segments.reduce((sum, { bytes }) => sum + bytes, 0),
    segmentBytes: () => current().bytes,
    segment: () => current().number,
    rotate: () =>
      inTurn(async () => {
        const number = current().number + 1;
        const next = await openSegment(pathOf(number), 0, write);
        await file.close();
        file = next;
        segments.push({ number, path: next.path, bytes: 0, lastFinding: current().lastFinding });
      }),
    drop: (beforeSegment, takenUpTo) =>
      inTurn(async () => {
        while (segments.length > 1) {
          const [oldest] = segments;
          if (oldest === undefined || oldest.number >= beforeSegment) return;
          if (oldest.lastFinding > takenUpTo) return;
          await rm(oldest.path, { force: true });
          segments.shift();
        }
      }),
    read: async (place, mostBytes) => {
      const first = segments[0] as Segment;
      let { segment: number, offset } = place ?? { segment: first.number, offset: 0 };
      if (number < first.number) [number, offset] = [first.number, 0];
      for (const segment of segments) {
        if (segment.number < number) continue;
        if (segment.number > number) [number, offset] = [segment.number, 0];
        if (offset >= segment.bytes) continue;
        const { text, end } = await readLines(segment.path, offset, segment.bytes, mostBytes);
        const records = text.split("\n").flatMap((line) => parseJournalLine(line) ?? []);
        return { records, next: { segment: number, offset: end } };
      }
      return { records: [], next: { segment: number, offset } };
    },
    changed: (signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const wake = (): void => {
          signal.removeEventListener("abort", wake);
          listeners = listeners.filter((one) => one !== wake);
          resolve();
        };
        listeners.push(wake);
        signal.addEventListener("abort", wake);
      }),
    close: () => inTurn(() => file.close()),
  };
}

/** Whole lines of a file from an offset on: at least one, and about so many bytes. */
async function readLines(
  path: string,
  offset: number,
  size: number,
  mostBytes: number,
): Promise<{ readonly text: string; readonly end: number }> {
  const file = await open(path, "r");
  try {
    for (let wanted = mostBytes; ; wanted *= 4) {
      const bytes = Buffer.alloc(Math.min(wanted, size - offset));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
      const end = bytes.subarray(0, bytesRead).lastIndexOf(0x0a);
      if (end !== -1) return { text: bytes.toString("utf8", 0, end), end: offset + end + 1 };
      if (bytesRead < wanted) return { text: "", end: size };
    }
  } finally {
    await file.close();
  }
}

const blockBytes = 4 * 1_048_576;

/** Reads a file record by record; the bytes up to the end of its last whole line. */
async function replayFile(
  path: string,
  isLast: boolean,
  visit: (record: JournalRecord) => void,
): Promise<number> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    let offset = 0;
    while (offset < size) {
      const { text, end } = await readLines(path, offset, size, blockBytes);
      const lines = text.split("\n");
      for (const [index, line] of lines.entries()) {
        if (line === "") continue;
        const record = parseJournalLine(line);
        if (record !== undefined) {
          visit(record);
          continue;
        }
        const isTail = isLast && end >= size && index === lines.length - 1;
        if (!isTail) throw damaged(path, offset);
        return end - Buffer.byteLength(line) - 1;
      }
      if (text === "" && end === size) {
        if (!isLast) throw damaged(path, offset);
        return offset;
      }
      offset = end;
    }
    return offset;
  } finally {
    await file.close();
  }
}

function damaged(path: string, offset: number): AppError {
  return new AppError("ORGRAIL4371", `\`${path}\` is damaged after byte ${offset}`, {
    hint: "move the folder away to begin anew; what it holds and no sink has taken is lost then",
  });
}
