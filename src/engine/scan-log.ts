import type { CloudTrailEvent } from "../core/event.ts";
import type { Finding } from "../core/finding.ts";
import type { Detector } from "../detect/create-detector.ts";
import { notJson } from "../logs/json/json-walker.ts";
import { fieldNumber } from "../logs/record/fields.ts";
import { createRecordScanner } from "../logs/record/record-scanner.ts";
import { createVisitRecords } from "../logs/record/visit-records.ts";

/** What was found in the bytes of one log file. */
export interface ScannedLog {
  readonly findings: readonly Finding[];
  /** Parts that cannot be read, by reason. */
  readonly rejected: ReadonlyMap<string, number>;
}

/** What is looked at. */
export interface ScanOptions {
  /** Events before or after are passed over; those without a time never are. */
  readonly sinceMs?: number;
  readonly untilMs?: number;
}

/** Gives the events of a file to a detector. Findings of thresholds come from its `flush`. */
export type ScanLog = (bytes: Buffer) => ScannedLog;

/** The first bytes of a file as trails write it, up to the first member of its first record. */
const trailFile = /^\s*\{\s*"Records"\s*:\s*\[\s*(\{\s*"[^"\\]+")\s*:/;

/**
 * Makes a function that looks through log files. Nearly all records concern no rule, so names of
 * events are searched in the bytes first, and only records that have one that a rule reads are
 * parsed. Where one of these concerns a rule, or anything is odd, the file is walked record by
 * record; so what is found is what a walk through all files finds.
 */
export function createScanLog(detector: Detector, options: ScanOptions = {}): ScanLog {
  const scanner = createRecordScanner();
  const visit = createVisitRecords(scanner);
  const nameField = fieldNumber("eventName");
  const { sinceMs = Number.NEGATIVE_INFINITY, untilMs = Number.POSITIVE_INFINITY } = options;

  const isWanted = (event: CloudTrailEvent): boolean => {
    const time = typeof event.eventTime === "string" ? Date.parse(event.eventTime) : Number.NaN;
    return Number.isNaN(time) || (time >= sinceMs && time <= untilMs);
  };

  /** Whether the record around a place concerns a rule, or cannot be told. */
  const isSuspect = (bytes: Buffer, place: number, first: string): boolean => {
    const start = bytes.lastIndexOf(first, place);
    if (start === -1) return true;
    scanner.open();
    const end = scanner.scan(bytes, start);
    if (end === notJson || end <= place) return true;
    const event = parsed(bytes, start, end);
    return event === undefined || detector.concerns(event);
  };

  const mayConcern = (bytes: Buffer): boolean => {
    const first = trailFile.exec(bytes.toString("latin1", 0, 256))?.[1];
    if (first === undefined || lastByte(bytes) !== 0x7d) return true;
    for (let place = bytes.indexOf(nameMember); place !== -1; ) {
      const name = nameAfter(bytes, place + nameMember.length);
      if (name !== undefined && detector.names.has(name) && isSuspect(bytes, place, first)) {
        return true;
      }
      place = bytes.indexOf(nameMember, place + nameMember.length);
    }
    return detector.marks.some((mark) => {
      for (let place = bytes.indexOf(mark); place !== -1; place = bytes.indexOf(mark, place + 1)) {
        if (isSuspect(bytes, place, first)) return true;
      }
      return false;
    });
  };

  return (bytes) => {
    const findings: Finding[] = [];
    const rejected = new Map<string, number>();
    if (!mayConcern(bytes)) return { findings, rejected };
    visit(bytes, {
      record: (text, start, end) => {
        const name = text.toString(
          "utf8",
          (scanner.start[nameField] ?? 0) + 1,
          (scanner.end[nameField] ?? 0) - 1,
        );
        const record = text.subarray(start, end);
        const isRead =
          detector.names.has(name) || detector.marks.some((mark) => record.includes(mark));
        if (!isRead) return;
        const event = parsed(text, start, end);
        if (event !== undefined && isWanted(event)) findings.push(...detector.accept(event));
      },
      rejected: (_text, _start, _end, reason) => {
        rejected.set(reason, (rejected.get(reason) ?? 0) + 1);
      },
      other: () => {},
    });
    return { findings, rejected };
  };
}

const nameMember = "eventName";

/** The text that is the value of a member whose name ends here; quotes may be escaped. */
function nameAfter(bytes: Buffer, from: number): string | undefined {
  let at = from;
  let isValue = false;
  for (; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x3a) isValue = true;
    else if (byte !== 0x22 && byte !== 0x5c && byte > 0x20) break;
  }
  if (!isValue) return undefined;
  let end = at;
  while (isNameByte(bytes[end] ?? 0)) end++;
  return end === at ? undefined : bytes.toString("latin1", at, end);
}

function isNameByte(byte: number): boolean {
  const letter = byte | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f;
}

function lastByte(bytes: Buffer): number | undefined {
  let at = bytes.length - 1;
  while ((bytes[at] ?? 0xff) <= 0x20) at--;
  return bytes[at];
}

function parsed(bytes: Buffer, start: number, end: number): CloudTrailEvent | undefined {
  try {
    return JSON.parse(bytes.toString("utf8", start, end)) as CloudTrailEvent;
  } catch {
    return undefined;
  }
}
