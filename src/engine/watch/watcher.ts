import type { Clock } from "../../core/clock.ts";
import type { CloudTrailEvent } from "../../core/event.ts";
import type { Finding } from "../../core/finding.ts";
import type { Detector } from "../../detect/create-detector.ts";
import type { DetectFacts } from "../../detect/facts.ts";
import { accountOf, eventTimeMs } from "../../detect/read-event.ts";
import { backoffMs, type Delivery, type Take } from "./intake.ts";
import type { JournalRecord } from "./journal-records.ts";
import type { Metrics } from "./metrics.ts";
import type { SourceProgress } from "./source-progress.ts";
import type { WatchLog } from "./watch-log.ts";
import { type OpenedState, type WatchState, writeWatchState } from "./watch-state.ts";

/** How much a watcher holds. */
export interface WatchLimits {
  /** Deliveries that are read and not committed. */
  readonly inFlight: number;
  /** Bytes of the journal, beyond which nothing more is read. */
  readonly spoolBytes: number;
  /** Bytes of a file of the journal, after which the state is written; at most a quarter of all. */
  readonly segmentBytes: number;
}

/** Limits when nobody says otherwise. */
export const watchLimits: WatchLimits = {
  inFlight: 256,
  spoolBytes: 268_435_456,
  segmentBytes: 8_388_608,
};

/** What a watcher is made of. */
export interface WatcherOptions {
  readonly folder: string;
  readonly state: OpenedState;
  readonly detector: Detector;
  readonly facts: DetectFacts;
  /** Learns what apply has done since; called before events are judged that rules read. */
  readonly refreshExpected: () => Promise<void>;
  readonly sources: ReadonlyMap<string, SourceProgress>;
  readonly limits: WatchLimits;
  /** Numbers of the last findings that sinks have taken. */
  readonly taken: () => Readonly<Record<string, number>>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: WatchLog;
  readonly metrics: Metrics;
  /** Aborted when nothing more is read: who waits for room does not get it. */
  readonly reading: AbortSignal;
}

/** Judges deliveries, puts their findings on the disk, and only then says that they are done. */
export interface Watcher {
  readonly take: Take;
  /** Commits what was taken; nothing may be taken any more. */
  drain(stop: AbortSignal): Promise<void>;
  /** Removes what all sinks have taken, when so much lies there that nothing more is read. */
  tidy(): Promise<void>;
  /** Why the last commit failed; `undefined` when it did not. */
  problem(): string | undefined;
  inFlight(): number;
  /** Number of the last finding that is on the disk. */
  lastFinding(): number;
}

interface Judged {
  readonly delivery: Delivery;
  readonly findings: readonly Finding[];
  readonly counted: readonly CloudTrailEvent[];
}

const minuteMs = 60_000;
/** About so much of the journal a finding takes. */
const findingBytes = 2_000;
/** Events of this major version are known. */
const knownVersion = /^1\./;

/** Makes a watcher. */
export function createWatcher(options: WatcherOptions): Watcher {
  const { state, detector, facts, limits, clock, log, metrics } = options;
  const { journal } = state;
  let number = state.findings;
  let committed = number;
  let pending: Judged[] = [];
  let committing = 0;
  /** Findings that are judged and not in the journal yet. */
  let unwritten = 0;
  let problem: string | undefined;
  let faultsSaid = 0;
  let running: Promise<void> | undefined;
  let isSaving = false;
  // A spool that is smaller than one file would never have room again: the file that is written stays.
  const segmentBytes = Math.min(limits.segmentBytes, limits.spoolBytes / 4);
  const waiters: (() => void)[] = [];
  const stopped = new AbortController();

  const inFlight = (): number => pending.length + committing;
  const hasRoom = (): boolean =>
    !isSaving &&
    inFlight() < limits.inFlight &&
    journal.bytes() + unwritten * findingBytes < limits.spoolBytes;
  const wakeAll = (): void => {
    for (const wake of waiters.splice(0)) wake();
  };

  options.reading.addEventListener("abort", wakeAll, { once: true });

  const room = async (): Promise<void> => {
    while (!hasRoom()) {
      options.reading.throwIfAborted();
      if (!isSaving && journal.bytes() >= limits.spoolBytes) {
        log.warning("reading stops until sinks have taken more", {
          spoolBytes: journal.bytes(),
          limit: limits.spoolBytes,
        });
        await makeRoom();
        if (hasRoom()) return;
        // Sinks that take findings change the journal.
        await journal.changed(options.reading);
        continue;
      }
      await new Promise<void>((resolve) => waiters.push(resolve));
    }
  };

  const judge = (delivery: Delivery): Judged => {
    const findings: Finding[] = [];
    const counted: CloudTrailEvent[] = [];
    for (const event of delivery.events) {
      const before = detector.counted();
      findings.push(...detector.accept(event));
      if (detector.counted() !== before) counted.push(event);
      look(event, facts, clock.now(), metrics, log);
    }
    const { source, seen } = delivery;
    metrics.add("orgrail_watch_events_total", { source }, seen);
    return { delivery, findings, counted };
  };

  const take: Take = async (delivery) => {
    const isRead = delivery.events.some(({ eventName = "" }) => detector.names.has(eventName));
    if (isRead) await options.refreshExpected();
    if (!hasRoom()) await room();
    const judged = judge(delivery);
    pending.push(judged);
    unwritten += judged.findings.length;
    sayFaults();
    running ??= commitAll().finally(() => {
      running = undefined;
    });
    if (!hasRoom()) await room();
  };

  const sayFaults = (): void => {
    const faults = detector.faults();
    for (; faultsSaid < faults.length; faultsSaid++) {
      const { rule, event, message } = faults[faultsSaid] ?? { rule: "", event: "", message: "" };
      metrics.add("orgrail_watch_rule_faults_total");
      log.error("a rule failed: this is a defect of orgrail", {
        rule,
        subject: event,
        reason: message,
      });
    }
  };

  const commitAll = async (): Promise<void> => {
    // What comes in the same turn is committed together.
    await Promise.resolve();
    while (pending.length > 0) {
      const batch = pending;
      pending = [];
      committing = batch.length;
      const counted = batch.flatMap((one) => one.counted);
      const findings = [
        ...batch.flatMap((one) => one.findings),
        ...(counted.length > 0 ? detector.flush() : []),
      ];
      const records: JournalRecord[] = [
        ...findings.map((finding) => ({ k: "finding" as const, n: ++number, finding })),
        ...counted.map((event) => ({ k: "counted" as const, event })),
        ...(counted.length > 0 ? [{ k: "flushed" as const }] : []),
        ...batch.flatMap(({ delivery }) => delivery.records ?? []),
      ];
      if (records.length > 0) await write(records);
      committing = 0;
      unwritten -= batch.reduce((sum, one) => sum + one.findings.length, 0);
      committed = number;
      const now = clock.now();
      for (const { severity, exception, time } of findings) {
        const expected = String(exception !== undefined);
        metrics.add("orgrail_watch_findings_total", { severity, expected });
        const timeMs = Date.parse(time);
        if (!Number.isNaN(timeMs)) {
          metrics.observe("orgrail_watch_delay_seconds", Math.max(0, now - timeMs) / 1_000);
        }
      }
      for (const { delivery } of batch) {
        metrics.observe("orgrail_watch_commit_seconds", (now - delivery.receivedAtMs) / 1_000);
        for (const record of delivery.records ?? [])
          options.sources.get(delivery.source)?.apply(record);
        delivery.committed?.();
      }
      if (journal.segmentBytes() >= segmentBytes) {
        // Whoever comes now waits: nothing may be judged that is not in the journal, or the state
        // would know it and the disk not.
        isSaving = true;
        if (pending.length > 0) continue;
        await save();
      }
      wakeAll();
    }
  };

  /** Writes until it succeeds: what is not on the disk is not done. */
  const write = async (records: readonly JournalRecord[]): Promise<void> => {
    for (let failures = 1; ; failures++) {
      try {
        await journal.append(records);
        problem = undefined;
        return;
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error);
        metrics.add("orgrail_watch_state_failures_total");
        log.error("state not written, nothing more is read until it is", { reason: problem });
        await clock.sleep(backoffMs(failures, options.random), stopped.signal);
      }
    }
  };

  /** Writes what the journal comes to, so that its older files can go. */
  const save = async (): Promise<void> => {
    isSaving = true;
    try {
      await journal.rotate();
      const kept: WatchState = {
        schemaVersion: 1,
        segment: journal.segment(),
        findings: number,
        detector: detector.state(),
        taken: options.taken(),
        sources: Object.fromEntries(
          [...options.sources].map(([name, progress]) => [name, progress.state()]),
        ),
      };
      await writeWatchState(options.folder, kept);
      saved = kept.segment;
      await tidy();
    } catch (error) {
      metrics.add("orgrail_watch_state_failures_total");
      log.error("state not written", {
        reason: error instanceof Error ? error.message : String(error),
      });
    } finally {
      isSaving = false;
    }
  };
  let saved = state.segment;
  let saving: Promise<void> | undefined;

  const makeRoom = async (): Promise<void> => {
    const isFree = running === undefined && !isSaving;
    if (!isFree || journal.segmentBytes() < segmentBytes) return tidy();
    // A crash left a file that is larger than all may be now: nothing is read that would end it.
    saving = save();
    await saving;
    wakeAll();
  };

  const tidy = (): Promise<void> =>
    journal.drop(saved, Math.min(number, ...Object.values(options.taken())));

  return {
    take,
    drain: async (stop) => {
      stop.addEventListener("abort", () => stopped.abort(stop.reason), { once: true });
      while (running !== undefined) await running;
      await saving;
      if (!stop.aborted) await save();
    },
    tidy: async () => {
      if (journal.bytes() >= limits.spoolBytes) await makeRoom();
    },
    problem: () => problem,
    inFlight,
    lastFinding: () => committed,
  };
}

/** Counts what is odd about an event; it is judged as any other. */
function look(
  event: CloudTrailEvent,
  facts: DetectFacts,
  nowMs: number,
  metrics: Metrics,
  log: WatchLog,
): void {
  const { eventVersion } = event;
  if (typeof eventVersion === "string" && !knownVersion.test(eventVersion)) {
    metrics.add("orgrail_watch_unknown_versions_total");
    log.warning("events of an unknown version are read as if it were known", {
      subject: eventVersion.slice(0, 20),
    });
  }
  const account = accountOf(event);
  if (account !== undefined && facts.standingOf(account) === "outside") {
    metrics.add("orgrail_watch_foreign_events_total");
    log.warning("events of an account outside of the organization", { subject: account });
  }
  if ((eventTimeMs(event) ?? 0) > nowMs + minuteMs) {
    metrics.add("orgrail_watch_future_events_total");
    log.warning("events of the future: a clock is wrong", { source: event.eventSource });
  }
}
