import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { generateLogs } from "./generate-logs.ts";
import type { ImpactMeasured } from "./impact-child.ts";
import { type BenchResult, informing, limited } from "./report.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** How much is measured. */
export interface ImpactWorkload {
  /** Events of the generated logs, of which the lake holds ten months. */
  readonly events: number;
  /** Events that are generated as keys. */
  readonly replayed: number;
}

/**
 * Measures `orgrail impact` as built code: new candidates on a lake, every level of the tree, from the
 * lake's files to the report, of which the best round counts; and the replay of many keys as other
 * engines give them.
 */
export async function impactFigures({ events, replayed }: ImpactWorkload): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), "orgrail-bench-impact-"));
  try {
    const child = join(folder, "impact-child.js");
    await build({
      absWorkingDir: root,
      entryPoints: [join(root, "bench/lib/impact-child.ts")],
      outfile: child,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      mainFields: ["module", "main"],
      external: ["@duckdb/node-api", "@aws-sdk/*", "@smithy/*"],
      logLevel: "warning",
    });
    const measure = async (...words: readonly string[]): Promise<ImpactMeasured> => {
      const { stdout } = await promisify(execFile)(process.execPath, [child, ...words]);
      return JSON.parse(stdout) as ImpactMeasured;
    };
    const logs = join(folder, "logs");
    await generateLogs(logs, { events, files: Math.ceil(events / 400) });
    const lake = await measure("lake", logs, join(folder, "lake"));
    const many = await measure("keys", String(replayed));
    const [first = 0, ...later] = lake.milliseconds;
    const candidate = Math.min(...later);
    const cpu = Math.min(...lake.cpuMilliseconds.slice(1));
    const mostMemory = Math.max(lake.mostMemory, many.mostMemory);
    const seconds = (many.milliseconds[0] ?? 0) / 1_000;
    return [
      informing(`keys of a lake of ${lake.events} events`, lake.keys, "keys"),
      informing("the first candidate of a process", first, "ms"),
      informing("a new candidate", candidate, "ms"),
      limited(
        "a new candidate on the lake, hierarchy-correct",
        lake.events / (candidate / 1_000),
        "events/s",
        "higher",
        5_000_000,
      ),
      informing("the same in time of the processor", lake.events / (cpu / 1_000), "events/s"),
      informing("rows of its answer", lake.rows, "rows"),
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
