import { join } from "node:path";
import { AppError } from "../../core/app-error.ts";
import type { Clock } from "../../core/clock.ts";
import type { DetectionException } from "../../core/desired.ts";
import type { Severity } from "../../core/finding.ts";
import { createDetector, type Detector } from "../../detect/create-detector.ts";
import type { DetectFacts } from "../../detect/facts.ts";
import type { DetectRule } from "../../detect/rule.ts";
import { type DeadLetters, openDeadLetters } from "./dead-letters.ts";
import type { Intake } from "./intake.ts";
import { liveExpectedCalls } from "./live-expected.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { type RunningSink, runSink } from "./run-sink.ts";
import type { WriteDurably } from "./segment-file.ts";
import { type Sink, SinkFailure } from "./sink.ts";
import { type SourceProgress, sourceProgress } from "./source-progress.ts";
import { type ListenAddress, startStatusServer, type WatchStatus } from "./status-server.ts";
import type { WatchLog } from "./watch-log.ts";
import { openWatchState } from "./watch-state.ts";
import { createWatcher, type WatchLimits, watchLimits } from "./watcher.ts";

/** What an intake is made with. */
export interface IntakeParts {
  readonly detector: Detector;
  readonly deadLetters: DeadLetters;
  readonly metrics: Metrics;
  /** What was read of a source before. */
  readonly progress: SourceProgress;
}

/** A sink, and which findings it gets. */
export interface WatchSink {
  readonly sink: Sink;
  /** Only those this bad or worse. */
  readonly severity: Severity;
}

/** What is watched, and how. */
export interface WatchOptions {
  /** Where the watcher keeps its state. */
  readonly folder: string;
  /** Where journals of apply lie. */
  readonly applyFolder: string;
  readonly rules: readonly DetectRule[];
  readonly facts: DetectFacts;
  readonly allow: readonly DetectionException[];
  readonly sources: readonly {
    readonly name: string;
    readonly open: (parts: IntakeParts) => Intake;
  }[];
  readonly sinks: readonly WatchSink[];
  /** Where numbers are told; nowhere when absent. */
  readonly listen?: ListenAddress;
  readonly limits?: Partial<WatchLimits>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: WatchLog;
  /** Aborted to end it: what was read is committed and handed over first. */
  readonly signal: AbortSignal;
  /** How long sinks get at the end; ten seconds when absent. */
  readonly graceMs?: number;
  /** For tests: how the journal is written. */
  readonly write?: WriteDurably;
  /** Told when it reads. */
  readonly onReady?: (address: string | undefined) => void;
}

/** What came of it. */
export interface WatchReport {
  readonly events: number;
  readonly findings: number;
  readonly deadLetters: number;
  /** Findings that are kept for sinks that could not take them; by sink. */
  readonly kept: Readonly<Record<string, number>>;
  /** What could not be read at the end. */
  readonly unread: readonly string[];
}

const defaultGraceMs = 10_000;

/**
 * Watches sources until the signal is aborted, or all of them have ended. At the end what was read is
 * committed, sinks get ten seconds for what is left, and the rest stays on the disk for the next time.
 *
 * @throws AppError when the state cannot be opened or a source cannot be read at all.
 */
export async function runWatch(options: WatchOptions): Promise<WatchReport> {
  const { folder, clock, log, signal } = options;
  const metrics = createMetrics();
  const state = await openWatchState(folder, options.write);
  const deadLetters = await openDeadLetters(join(folder, "dead-letters"), clock);
  const expected = liveExpectedCalls(options.applyFolder, clock, log);
  await expected.refresh();
  const { rules, facts, allow } = options;
  const detector = createDetector({ rules, facts, allow, expected, state: state.detector });
  for (const one of state.replay) {
    if (one === "flushed") detector.flush();
    else detector.accept(one);
  }
  const sources = new Map(
    options.sources.map(({ name }) => [name, state.sources.get(name) ?? sourceProgress()] as const),
  );
  const limits = { ...watchLimits, ...options.limits };
  const taken = new Map(
    options.sinks.map(({ sink }) => [sink.name, state.taken.get(sink.name) ?? state.findings]),
  );
  // What a new sink is to get begins here, should there be a crash before it takes anything.
  const newSinks = [...taken].filter(([name]) => !state.taken.has(name));
  if (newSinks.length > 0) {
    await state.journal.append(newSinks.map(([sink, n]) => ({ k: "taken", sink, n })));
  }
  const reading = new AbortController();
  const watcher = createWatcher({
    folder,
    state,
    detector,
    facts,
    refreshExpected: () => expected.refresh(),
    sources,
    limits,
    taken: () => Object.fromEntries(taken),
    clock,
    random: options.random,
    log,
    metrics,
    reading: reading.signal,
  });
  const intakes = options.sources.map(({ name, open }) =>
    open({ detector, deadLetters, metrics, progress: sources.get(name) ?? sourceProgress() }),
  );
  const drain = new AbortController();
  const stop = new AbortController();
  const running: RunningSink[] = options.sinks.map(({ sink, severity }) =>
    runSink({
      sink,
      severity,
      journal: state.journal,
      deadLetters,
      clock,
      random: options.random,
      log,
      metrics,
      takenBefore: taken.get(sink.name) ?? 0,
      sendingBefore: state.sending.get(sink.name) ?? 0,
      lastFinding: watcher.lastFinding,
      onTaken: (n) => {
        taken.set(sink.name, n);
        // Who waits to read does it as well, and tells of what fails; here nobody may.
        watcher.tidy().catch(() => undefined);
      },
      drain: drain.signal,
      stop: stop.signal,
    }),
  );

  const problems = (): readonly string[] => {
    const own = watcher.problem();
    const isFull = state.journal.bytes() >= limits.spoolBytes;
    return [
      ...(own === undefined ? [] : [own]),
      ...(isFull ? ["the journal is full: reading waits for the sinks"] : []),
      ...intakes.flatMap((intake) => {
        const problem = intake.problem();
        return problem === undefined ? [] : [`${intake.name}: ${problem}`];
      }),
      ...(signal.aborted ? ["it is being ended"] : []),
    ];
  };
  const status = (): WatchStatus => ({
    problems: problems(),
    warnings: running.flatMap((sink) => {
      const problem = sink.problem();
      return problem === undefined ? [] : [`${sink.name}: ${problem}`];
    }),
  });
  gauges(metrics, { watcher, state, limits, intakes, running });
  const server =
    options.listen === undefined
      ? undefined
      : await startStatusServer(options.listen, metrics, status);

  const end = (): void => reading.abort(signal.reason);
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
  log.info("watching", {
    sources: intakes.map(({ name }) => name).join(" "),
    sinks: running.map(({ name }) => name).join(" "),
    rules: rules.length,
    state: folder,
    ...(server === undefined ? {} : { listen: server.address }),
    ...(state.findings === 0 ? {} : { findingsBefore: state.findings }),
  });
  options.onReady?.(server?.address);
  let failure: unknown;
  for (const { done } of running) {
    // A sink that ends by a defect of ours ends the watcher: nothing would tell of what is found.
    done.catch((error: unknown) => {
      failure ??= error;
      reading.abort(error);
    });
  }
  try {
    await Promise.all(intakes.map((intake) => intake.run(watcher.take, reading.signal)));
  } catch (error) {
    if (!signal.aborted) failure ??= error;
    reading.abort(error);
  }
  // Whatever happens now happens within the grace.
  const grace = clock
    .sleep(options.graceMs ?? defaultGraceMs, stop.signal)
    .then(() => stop.abort(new Error("the time to end is over")))
    .catch(() => undefined);
  const unread = intakes.flatMap((intake) => intake.problem() ?? []);
  try {
    await Promise.race([watcher.drain(stop.signal), aborted(stop.signal)]);
    await Promise.race([
      Promise.all(intakes.map((intake) => intake.close())),
      aborted(stop.signal),
    ]);
    drain.abort();
    await Promise.all(running.map(({ done }) => done));
  } catch (error) {
    failure ??= error;
  } finally {
    stop.abort(new Error("ended"));
    await grace;
    await Promise.all(options.sinks.map(({ sink }) => sink.close?.()));
    await state.journal.close();
    await server?.close();
    signal.removeEventListener("abort", end);
  }
  if (failure instanceof SinkFailure) {
    throw new AppError("ORGRAIL4382", `it cannot go on: ${failure.message}`, {
      hint: "what was found is kept, and handed over at the next start",
      cause: failure,
    });
  }
  if (failure !== undefined) throw failure;
  return report(metrics, running, unread, log);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function gauges(
  metrics: Metrics,
  parts: {
    readonly watcher: { readonly inFlight: () => number };
    readonly state: { readonly journal: { readonly bytes: () => number } };
    readonly limits: WatchLimits;
    readonly intakes: readonly Intake[];
    readonly running: readonly RunningSink[];
  },
): void {
  metrics.gauge("orgrail_watch_in_flight", () => parts.watcher.inFlight());
  metrics.gauge("orgrail_watch_spool_bytes", () => parts.state.journal.bytes());
  metrics.gauge("orgrail_watch_spool_limit_bytes", () => parts.limits.spoolBytes);
  for (const intake of parts.intakes) {
    const labels = { source: intake.name };
    metrics.gauge(
      "orgrail_watch_source_ok",
      () => (intake.problem() === undefined ? 1 : 0),
      labels,
    );
  }
  for (const sink of parts.running) {
    metrics.gauge("orgrail_watch_sink_pending", () => sink.pending(), { sink: sink.name });
  }
  metrics.gauge("process_resident_memory_bytes", () => process.memoryUsage.rss());
  metrics.gauge("process_cpu_seconds_total", () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000_000;
  });
}

function report(
  metrics: Metrics,
  running: readonly RunningSink[],
  unread: readonly string[],
  log: WatchLog,
): WatchReport {
  const kept = Object.fromEntries(
    running.flatMap((sink) => (sink.pending() === 0 ? [] : [[sink.name, sink.pending()]])),
  );
  for (const [sink, count] of Object.entries(kept)) {
    log.warning("findings are kept for the next time", { sink, findings: count });
  }
  const totals = {
    events: metrics.total("orgrail_watch_events_total"),
    findings: metrics.total("orgrail_watch_findings_total"),
    deadLetters: metrics.total("orgrail_watch_dead_letters_total"),
  };
  log.info("ended", totals);
  return { ...totals, kept, unread };
}
