import type { CloudTrailEvent } from "../core/event.ts";
import type { Finding } from "../core/finding.ts";
import type { Gap } from "../core/read.ts";
import type { Detector } from "../detect/create-detector.ts";
import { readEvents } from "../logs/read/read-events.ts";
import type { LogSource } from "../logs/source/log-source.ts";
import type { LogWorkers } from "../logs/worker/log-worker.ts";
import { gapsOfFile, unreadGap } from "./file-gaps.ts";

/** What of the logs is looked at, and how. */
export interface DetectLogsOptions {
  /** Events before or after are passed over; those without a time never are. */
  readonly sinceMs?: number;
  readonly untilMs?: number;
  /** Threads that unpack and search; 2 when absent, 0 for none but this one. */
  readonly threads?: number;
  /** Threads that were started already, as `readEvents` has them. */
  readonly started?: LogWorkers;
  readonly signal?: AbortSignal;
  /** Is told after every file. */
  readonly onProgress?: (counts: DetectCounts) => void;
}

/** How much was read. */
export interface DetectCounts {
  readonly files: number;
  /** Events in the files, whether a rule reads them or not. */
  readonly events: number;
  /** Parts of files that cannot be read. */
  readonly rejected: number;
}

/** What came of the logs. */
export interface DetectReport {
  /** By time. */
  readonly findings: readonly Finding[];
  readonly counts: DetectCounts;
  /** What could not be read; what it holds is not known. */
  readonly gaps: readonly Gap[];
}

/** Gives the events of all sources to a detector, and takes what it finds at the end. */
export async function detectLogs(
  detector: Detector,
  sources: readonly LogSource[],
  options: DetectLogsOptions = {},
): Promise<DetectReport> {
  const { onProgress, signal, threads, started } = options;
  const findings: Finding[] = [];
  const gaps: Gap[] = [];
  let counts: DetectCounts = { files: 0, events: 0, rejected: 0 };
  for (const source of sources) {
    const batches = readEvents(source, {
      onlyNamed: detector.names,
      orContaining: detector.marks,
      onUnread: (object, error) => gaps.push(unreadGap(object.name, error)),
      ...(threads === undefined ? {} : { threads }),
      ...(started === undefined ? {} : { started }),
      ...(signal === undefined ? {} : { signal }),
    });
    for await (const batch of batches) {
      const { events, seen, rejected } = batch;
      for (const event of events) {
        if (isWanted(event, options)) findings.push(...detector.accept(event));
      }
      for (const gap of gapsOfFile(batch)) gaps.push(gap);
      counts = {
        files: counts.files + 1,
        events: counts.events + seen - rejected.length,
        rejected: counts.rejected + rejected.length,
      };
      onProgress?.(counts);
    }
    for (const gap of source.gaps) gaps.push(gap);
  }
  findings.push(...detector.flush());
  return { findings: findings.sort(byTime), counts, gaps };
}

function isWanted(event: CloudTrailEvent, { sinceMs, untilMs }: DetectLogsOptions): boolean {
  const time = typeof event.eventTime === "string" ? Date.parse(event.eventTime) : Number.NaN;
  if (Number.isNaN(time)) return true;
  return (sinceMs === undefined || time >= sinceMs) && (untilMs === undefined || time <= untilMs);
}

/** Sorts findings by time, then id. */
export function byTime(a: Finding, b: Finding): number {
  return a.time < b.time ? -1 : a.time > b.time ? 1 : a.id < b.id ? -1 : 1;
}
