/**
 * Plans in a process of its own, so that its memory is its own: `node plan-child.js FOLDER` reads
 * `snapshot.json` and `desired.json` there and prints what it measured as JSON.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Desired } from "../../src/core/desired.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { plan } from "../../src/plan/plan.ts";

/** What the child process measured. */
export interface PlanFigures {
  /** Seconds of the first computation, in a process that has just started. */
  readonly coldSeconds: number;
  /** Seconds of each further computation. */
  readonly seconds: readonly number[];
  /** The same as time that processors worked, on all threads. */
  readonly cpuSeconds: readonly number[];
  readonly peakMegabytes: number;
  readonly changes: number;
  readonly errors: readonly string[];
}

const runs = 11;
const folder = process.argv[2] ?? ".";
const snapshot = JSON.parse(readFileSync(join(folder, "snapshot.json"), "utf8")) as Snapshot;
const desired = JSON.parse(readFileSync(join(folder, "desired.json"), "utf8")) as Desired;
const seconds: number[] = [];
const cpuSeconds: number[] = [];
const begunAt = performance.now();
let made = plan(desired, snapshot);
const coldSeconds = (performance.now() - begunAt) / 1000;
for (let run = 0; run < runs; run++) {
  const startedAt = performance.now();
  const startedWith = process.cpuUsage();
  made = plan(desired, snapshot);
  const { user, system } = process.cpuUsage(startedWith);
  seconds.push((performance.now() - startedAt) / 1000);
  cpuSeconds.push((user + system) / 1_000_000);
}
const figures: PlanFigures = {
  coldSeconds,
  seconds,
  cpuSeconds,
  // Node.js gives kilobytes of 1024 bytes.
  peakMegabytes: (process.resourceUsage().maxRSS * 1024) / 1_000_000,
  changes: made.changes.length,
  errors: made.diagnostics.flatMap(({ severity, summary }) =>
    severity === "error" ? [summary] : [],
  ),
};
process.stdout.write(JSON.stringify(figures));
