import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../../core/clock.ts";
import type { CloudTrailEvent } from "../../../core/event.ts";
import type { Finding } from "../../../core/finding.ts";
import { exampleFacts } from "../../../detect/example/facts.ts";
import { detectRules } from "../../../detect/registry.gen.ts";
import type { Delivery, Intake, Take } from "../intake.ts";
import { runWatch, type WatchOptions, type WatchReport } from "../run-watch.ts";
import type { Sink } from "../sink.ts";
import { type WatchLog, watchLog } from "../watch-log.ts";

const longMs = 120_000;

/** A clock for watchers: short waits pass at once, long ones only when they are given up. */
export function watchClock(startMs: number = Date.UTC(2026, 10, 2, 12)): Clock {
  let now = startMs;
  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const fail = (): void => reject(signal?.reason);
        if (signal?.aborted) return fail();
        signal?.addEventListener("abort", fail, { once: true });
        if (milliseconds > longMs) return;
        setImmediate(() => {
          now += milliseconds;
          signal?.removeEventListener("abort", fail);
          resolve();
        });
      }),
  };
}

/** A sink that keeps what it gets. */
export interface KeepingSink extends Sink {
  readonly ids: string[];
  readonly findings: Finding[];
  /** Fails every delivery while it is not empty. */
  failing: string;
}

/** Makes a sink that keeps what it gets. */
export function keepingSink(name = "kept", failing = ""): KeepingSink {
  const sink: KeepingSink = {
    name,
    most: 10,
    ids: [],
    findings: [],
    failing,
    deliver: async (findings) => {
      if (sink.failing !== "") throw new Error(sink.failing);
      sink.findings.push(...findings);
      sink.ids.push(...findings.map(({ id }) => id));
      return [];
    },
  };
  return sink;
}

/** An intake that gives deliveries, one after the other. */
export function listIntake(
  deliveries: readonly (Partial<Delivery> & { readonly events: readonly CloudTrailEvent[] })[],
  after: (take: Take, signal: AbortSignal) => Promise<void> = async () => undefined,
): WatchOptions["sources"][number] {
  const open = (): Intake => ({
    name: "list",
    problem: () => undefined,
    close: async () => undefined,
    run: async (take, signal) => {
      for (const one of deliveries) {
        await take({ source: "list", receivedAtMs: 0, seen: one.events.length, ...one });
      }
      await after(take, signal);
    },
  });
  return { name: "list", open };
}

/** A folder for a watcher's state, and what it said. */
export interface WatchBench {
  readonly folder: string;
  readonly lines: string[];
  readonly log: WatchLog;
  run(
    options: Pick<WatchOptions, "sources" | "sinks"> & Partial<WatchOptions>,
  ): Promise<WatchReport>;
  /** A copy of the folder as it is now: what a crash would leave. */
  crashed(): Promise<WatchBench>;
  remove(): Promise<void>;
}

/** Makes a folder to run watchers in. */
export async function watchBench(from?: string): Promise<WatchBench> {
  const folder = await mkdtemp(join(tmpdir(), "orgrail-watch-"));
  if (from !== undefined) await cp(from, folder, { recursive: true });
  const lines: string[] = [];
  const clock = watchClock();
  const log = watchLog(clock, (line) => lines.push(line), "json");
  return {
    folder,
    lines,
    log,
    run: (options) =>
      runWatch({
        folder,
        applyFolder: folder,
        rules: detectRules,
        facts: exampleFacts(),
        allow: [],
        clock,
        random: () => 0.5,
        log,
        signal: new AbortController().signal,
        graceMs: longMs * 2,
        ...options,
      }),
    crashed: () => watchBench(folder),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

const patienceMs = 20_000;

/** Waits until something holds; fails after a while. What the disk takes is not counted in turns. */
export async function until(holds: () => boolean): Promise<void> {
  const endMs = performance.now() + patienceMs;
  while (performance.now() < endMs) {
    if (holds()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error("it did not come to pass");
}
