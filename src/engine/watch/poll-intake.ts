import type { Clock } from "../../core/clock.ts";
import type { LogObject } from "../../logs/read/log-object.ts";
import type { LogSource } from "../../logs/source/log-source.ts";
import { type NewObjectFinder, newObjectFinder } from "./find-new-objects.ts";
import type { Intake, Take } from "./intake.ts";
import type { JournalRecord } from "./journal-records.ts";
import type { Metrics } from "./metrics.ts";
import type { ObjectReader } from "./object-reader.ts";
import { markOf, type SourceProgress, startPlace } from "./source-progress.ts";
import type { WatchLog } from "./watch-log.ts";

/** What a bucket or a folder is watched with. */
export interface PollIntakeOptions {
  readonly source: LogSource;
  readonly progress: SourceProgress;
  readonly reader: ObjectReader;
  /** Day of delivery from which is read what was never read before. */
  readonly from: string | undefined;
  /** Files that may still be written are left for the next time: those changed since so long. */
  readonly settleMs: number;
  readonly everyMs: number;
  /** Accounts and Regions are looked for again after so long. */
  readonly placesEveryMs: number;
  readonly clock: Clock;
  readonly log: WatchLog;
  readonly metrics: Metrics;
  /** End when there is nothing more. */
  readonly once: boolean;
}

/** Objects that are read together. */
const chunk = 256;
/** Threads that unpack, when there is much to read. */
const threads = 2;

/** Looks for new objects again and again, and reads each once. */
export function pollIntake(options: PollIntakeOptions): Intake {
  const { source, progress, reader, clock, log, metrics } = options;
  const { name } = source;
  let problem: string | undefined;
  let failures: string[] = [];
  /** Of files that change: since when they are as they are. */
  const settling = new Map<string, number>();
  /** Marks of objects that were taken and are not committed. */
  const inFlight = new Set<string>();

  const drainGaps = (): boolean => {
    const gaps = source.takeGaps?.() ?? [];
    for (const { subject, message } of gaps) {
      metrics.add("orgrail_watch_read_failures_total", { source: name });
      log.warning("not listed, tried again", { source: name, subject, reason: message });
      failures.push(`${subject}: ${message}`);
    }
    return gaps.length > 0;
  };

  const isSettled = (object: LogObject): boolean => {
    if (options.settleMs === 0) return true;
    const changedMs = Number(object.tag);
    const age = clock.now() - changedMs;
    if (age >= options.settleMs) return true;
    // A clock may be wrong: what has not changed since we saw it first is settled as well.
    const mark = markOf(object);
    const seenAtMs = settling.get(mark);
    if (seenAtMs === undefined) {
      if (settling.size > 100_000) settling.clear();
      settling.set(mark, clock.now());
      return false;
    }
    if (clock.now() - seenAtMs < options.settleMs) return false;
    settling.delete(mark);
    return true;
  };

  const readAll = async (
    place: string,
    objects: readonly LogObject[],
    take: Take,
    signal: AbortSignal,
  ): Promise<boolean> => {
    let isWhole = true;
    for (let from = 0; from < objects.length; from += chunk) {
      const part = objects.slice(from, from + chunk);
      for await (const read of reader.read(source, part, threads, signal)) {
        const { object } = read;
        if ("failure" in read) {
          isWhole = false;
          failures.push(`${object.name}: ${read.failure}`);
          metrics.add("orgrail_watch_read_failures_total", { source: name });
          log.warning("not read, tried again", {
            source: name,
            subject: object.name,
            reason: read.failure,
          });
          continue;
        }
        const { events, seen } = read;
        const mark = markOf(object);
        const day = object.day ?? "";
        const done: JournalRecord = { k: "read", source: name, place, day, mark };
        inFlight.add(mark);
        await take({
          source: name,
          receivedAtMs: clock.now(),
          events,
          seen,
          records: [done],
          committed: () => inFlight.delete(mark),
        });
      }
    }
    return isWhole;
  };

  const look = async (
    finder: NewObjectFinder,
    take: Take,
    signal: AbortSignal,
  ): Promise<boolean> => {
    failures = [];
    let isSettling = false;
    /** Places of which something could not be read: what follows is not said to be read before it. */
    const broken = new Set<string>();
    for await (const { place, objects, through } of finder.find(clock.now())) {
      if (signal.aborted) return false;
      const news = objects.filter((object) => !inFlight.has(markOf(object)));
      const ready = news.filter(isSettled);
      if (ready.length < news.length) isSettling = true;
      const isWhole = await readAll(place, ready, take, signal);
      if (!isWhole || ready.length < news.length) broken.add(place);
      if (through === undefined || broken.has(place)) continue;
      const records: JournalRecord[] = [{ k: "through", source: name, place, day: through }];
      await take({ source: name, receivedAtMs: clock.now(), events: [], seen: 0, records });
    }
    drainGaps();
    problem = failures[0];
    return isSettling;
  };

  /** Day of delivery from which a place is read that is new, or could not be read so far. */
  const firstDay = async (take: Take): Promise<string | undefined> => {
    const { from } = options;
    const noted = progress.through(startPlace);
    if (from === undefined) return undefined;
    if (noted !== undefined) return noted < from ? noted : from;
    const records: JournalRecord[] = [{ k: "through", source: name, place: startPlace, day: from }];
    await take({ source: name, receivedAtMs: clock.now(), events: [], seen: 0, records });
    return from;
  };

  return {
    name,
    problem: () => problem,
    close: async () => undefined,
    run: async (take, signal) => {
      const where = await source.digests?.();
      if (where === undefined) throw new Error(`${name} cannot be watched`);
      const finder = newObjectFinder({
        tree: where.tree,
        folder: where.folder,
        progress,
        from: await firstDay(take),
        hasFailed: drainGaps,
        placesEveryMs: options.placesEveryMs,
      });
      while (!signal.aborted) {
        const isSettling = await look(finder, take, signal).catch((error: unknown) => {
          if (signal.aborted) return false;
          throw error;
        });
        if (options.once && !isSettling) return;
        const waitMs = isSettling ? Math.min(options.settleMs, options.everyMs) : options.everyMs;
        await clock.sleep(waitMs, signal).catch(() => undefined);
      }
    },
  };
}
