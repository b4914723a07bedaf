import { type Replayed, replayLake, replayLogs } from "../../engine/replay-calls.ts";
import type { Replay } from "../../impact/replay.ts";
import { openLakeQuery } from "../../logs/duckdb/open-lake-query.ts";
import { openLake } from "../../logs/lake/lake.ts";
import { lakeFolder } from "../commands/logs/lake-folder.ts";
import { connect } from "../connect.ts";
import type { Deps } from "../deps.ts";
import { progressOf } from "../make-plan.ts";
import { parseTime } from "../parse-time.ts";
import { counted } from "../words.ts";
import { isInS3, logSources } from "./log-sources.ts";

/** What of which logs is replayed. */
export interface ReplayWords {
  readonly lake: string | undefined;
  readonly since: string | undefined;
  readonly until: string | undefined;
}

/** Reads `--since` and `--until`. Throws ORGRAIL5002. */
export function rangeOf(
  deps: Deps,
  { since, until }: Omit<ReplayWords, "lake">,
): { readonly sinceMs?: number; readonly untilMs?: number } {
  const now = deps.clock.now();
  return {
    ...(since === undefined ? {} : { sinceMs: parseTime(since, "--since", now) }),
    ...(until === undefined ? {} : { untilMs: parseTime(until, "--until", now, true) }),
  };
}

/** Gives the calls of a lake, or of the sources that the words name, to sinks. */
export async function replaySources(
  deps: Deps,
  options: ReplayWords,
  words: readonly string[],
  sinks: readonly Replay[],
): Promise<Replayed> {
  const { lake } = options;
  const { sinceMs, untilMs } = rangeOf(deps, options);
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  if (lake !== undefined) {
    const opened = await openLake(await lakeFolder(deps, lake));
    const range = {
      signal: deps.signal,
      ...(sinceMs === undefined ? {} : { from: day(sinceMs) }),
      ...(untilMs === undefined ? {} : { to: day(untilMs) }),
    };
    return replayLake(sinks, opened, { ...range, openQuery: () => openLakeQuery(opened, range) });
  }
  const progress = progressOf(deps);
  const aws = words.some(isInS3) ? await connect(deps, { progress }) : undefined;
  // Files are named by their delivery, which is never before the event.
  const selection = sinceMs === undefined ? {} : { from: day(sinceMs) };
  progress.stage("reading logs:");
  return replayLogs(sinks, logSources(deps, words, selection, aws), {
    signal: deps.signal,
    ...(sinceMs === undefined ? {} : { sinceMs }),
    ...(untilMs === undefined ? {} : { untilMs }),
    onProgress: (files, events) => progress.update(files, undefined, counted(events, "event")),
  }).finally(() => {
    progress.end();
    aws?.close();
  });
}
