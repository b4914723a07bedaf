import type { Finding } from "../core/finding.ts";
import type { Gap } from "../core/read.ts";
import type { Detector } from "../detect/create-detector.ts";
import type { LakeQuery } from "../logs/duckdb/open-lake-query.ts";
import { countLakeEvents, readLakeEvents } from "../logs/duckdb/read-lake-events.ts";
import type { Commit } from "../logs/lake/commit.ts";
import type { Lake } from "../logs/lake/lake.ts";
import { byTime, type DetectReport } from "./detect-logs.ts";

/** What of a lake is looked at. */
export interface DetectLakeOptions {
  /** Events before or after are passed over. */
  readonly sinceMs?: number;
  readonly untilMs?: number;
  readonly signal?: AbortSignal;
  /** Opens the lake for SQL, with the days that are wanted. */
  readonly openQuery: (days: {
    readonly from?: string;
    readonly to?: string;
  }) => Promise<LakeQuery>;
}

/**
 * Gives those events of a lake to a detector that its rules read, and takes what it finds at the
 * end. Parts of logs that could not be read when they were ingested are gaps here too.
 */
export async function detectLake(
  detector: Detector,
  lake: Lake,
  options: DetectLakeOptions,
): Promise<DetectReport> {
  const { sinceMs, untilMs, signal } = options;
  const time = {
    ...(sinceMs === undefined ? {} : { sinceMs }),
    ...(untilMs === undefined ? {} : { untilMs }),
  };
  const days = {
    ...(sinceMs === undefined ? {} : { from: dayOf(sinceMs) }),
    ...(untilMs === undefined ? {} : { to: dayOf(untilMs) }),
  };
  const gaps: Gap[] = [];
  let files = 0;
  let rejected = 0;
  for await (const commit of lake.commits()) {
    const within = commit.events.filter(
      ({ day }) => (days.from ?? "") <= day && day <= (days.to ?? "9999"),
    );
    if (within.length === 0 && commit.events.length > 0) continue;
    files += within.length;
    rejected += commit.counts.rejected;
    gaps.push(...gapsOf(commit));
  }
  const findings: Finding[] = [];
  const query = await options.openQuery(days);
  let events = 0;
  try {
    events = await countLakeEvents(query, time);
    const filter = { named: detector.names, containing: detector.marks, ...time };
    for await (const part of readLakeEvents(query, filter)) {
      signal?.throwIfAborted();
      for (const event of part) findings.push(...detector.accept(event));
    }
  } finally {
    await query.close();
  }
  findings.push(...detector.flush());
  return { findings: findings.sort(byTime), counts: { files, events, rejected }, gaps };
}

function gapsOf({ id, counts, problems }: Commit): readonly Gap[] {
  const gap = (subject: string, message: string): Gap => ({
    kind: "failed",
    operation: "file:Read",
    subject,
    message,
  });
  // What is tried again the next time is in another commit, or still a problem of ingest's.
  const whole = problems.filter(({ again }) => again !== true);
  return [
    ...whole.map(({ object, reason }) => gap(object, reason)),
    ...(counts.rejected === 0
      ? []
      : [
          gap(
            `rejected/${id}.jsonl`,
            `${counts.rejected} ${counts.rejected === 1 ? "record" : "records"} could not be read when the logs were ingested`,
          ),
        ]),
  ];
}

function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}
