import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildChild } from "./build-child.ts";
import { generateLogs } from "./generate-logs.ts";
import type { ImpactMeasured } from "./impact-child.ts";
import { type BenchResult, informing, limited } from "./report.ts";

/** How much is measured. */
export interface ImpactWorkload {
  /** Events of the generated logs, which are a month's. */
  readonly events: number;
  /** Events that are generated as keys. */
  readonly replayed: number;
}

/** So many months the larger lake has of the same callers: what an organization asks about. */
const months = 10;

/**
 * Measures `orgrail impact` as built code: new candidates on a lake of a month and on one of many,
 * every level of the tree, from the lake's files to the report, of which the best round counts; and
 * the replay of many keys as other engines give them.
 */
export async function impactFigures({ events, replayed }: ImpactWorkload): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), "orgrail-bench-impact-"));
  try {
    const child = await buildChild("impact-child", folder, ["@aws-sdk/*", "@smithy/*"]);
    const measure = async (...words: readonly string[]): Promise<ImpactMeasured> => {
      const { stdout } = await promisify(execFile)(process.execPath, [child, ...words]);
      return JSON.parse(stdout) as ImpactMeasured;
    };
    const logs = join(folder, "logs");
    await generateLogs(logs, { events, files: Math.ceil(events / 400) });
    const ofLake = async (count: number): Promise<ImpactMeasured> => {
      const lake = join(folder, `lake-${count}`);
      await measure("make", logs, lake, String(count));
      return measure("lake", lake);
    };
    const month = await ofLake(1);
    const year = await ofLake(months);
    const many = await measure("keys", String(replayed));
    const mostMemory = Math.max(month.mostMemory, year.mostMemory, many.mostMemory);
    const seconds = (many.milliseconds[0] ?? 0) / 1_000;
    return [
      ...lakeFigures(`on a lake of one month, ${month.events} events`, month),
      ...lakeFigures(`on a lake of ${months} months, ${year.events} events`, year),
      limited(
        "a new candidate on the lake of months, hierarchy-correct",
        year.events / (bestOf(year.milliseconds) / 1_000),
        "events/s",
        "higher",
        5_000_000,
      ),
      limited(`replay of ${replayed} events, collapsed to keys`, seconds, "s", "lower", 120),
      informing("the same", replayed / seconds, "events/s"),
      informing("keys of these", many.keys, "keys"),
      informing("rows of the answer", many.rows, "rows"),
      limited("most memory of impact", mostMemory / 1e6, "MB", "lower", 700),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function lakeFigures(where: string, measured: ImpactMeasured): BenchResult[] {
  const { events, keys, rows, milliseconds, cpuMilliseconds } = measured;
  const ofSecond = (ms: number): number => events / (ms / 1_000);
  return [
    informing(`keys of commits ${where}`, keys, "keys"),
    informing(`the first candidate of a process ${where}`, milliseconds[0] ?? 0, "ms"),
    informing(`a new candidate ${where}`, bestOf(milliseconds), "ms"),
    informing(`the same ${where}`, ofSecond(bestOf(milliseconds)), "events/s"),
    informing(`in time of the processor ${where}`, ofSecond(bestOf(cpuMilliseconds)), "events/s"),
    informing(`rows of its answer ${where}`, rows, "rows"),
  ];
}

/** The best of all rounds but the first, which is told on its own. */
function bestOf([, ...later]: readonly number[]): number {
  return Math.min(...later);
}
