import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { buildChild } from "./build-child.ts";
import type { Wish } from "./differences.ts";
import { median } from "./median.ts";
import type { PlanFigures } from "./plan-child.ts";
import { type BenchResult, informing, limited } from "./report.ts";

/**
 * Measures the computation of a plan in a child process that does nothing else. CPU time stands
 * beside the wall clock: where it is much less, somebody else was using the machine.
 */
export async function planFigures(snapshot: Snapshot, wish: Wish): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), "orgrail-bench-"));
  try {
    const [child] = await Promise.all([
      buildChild("plan-child", folder),
      writeFile(join(folder, "snapshot.json"), JSON.stringify(snapshot)),
      writeFile(join(folder, "desired.json"), JSON.stringify(wish.desired)),
    ]);
    const { stdout } = await promisify(execFile)(process.execPath, [child, folder]);
    const figures = JSON.parse(stdout) as PlanFigures;
    if (figures.errors.length > 0) throw new Error(figures.errors.join("; "));
    return [
      limited("plan from a snapshot, median", median(figures.seconds), "s", "lower", 1),
      informing("the same, in CPU time", median(figures.cpuSeconds), "s"),
      informing("the same, first in its process", figures.coldSeconds, "s"),
      limited("peak memory of the planning process", figures.peakMegabytes, "MB", "lower", 500),
      informing("differences", wish.differences, "things"),
      limited("planned writes beyond the differences", beyond(figures, wish), "writes", "lower", 0),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function beyond({ changes }: PlanFigures, { differences }: Wish): number {
  return Math.abs(changes - differences);
}
