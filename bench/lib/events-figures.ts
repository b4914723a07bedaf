import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildChild } from "./build-child.ts";
import { generateLogs } from "./generate-logs.ts";
import { type BenchResult, informing, limited } from "./report.ts";

/** How much is measured. */
export interface EventsWorkload {
  readonly events: number;
  readonly largeFiles: number;
  readonly smallFiles: number;
  readonly rounds: number;
}

interface Measured {
  readonly milliseconds: number;
  /** Of the processor, all threads together: what a busy machine disturbs less. */
  readonly cpuMilliseconds: number;
  readonly mostMemory: number;
  readonly events: number;
}

const figures = ["gunzip", "detect", "ingest"] as const;

/**
 * Measures reading of generated logs in processes of their own, as built code, in turns; of every
 * figure the best round counts. Ratios are to Node.js's own gunzip with as many threads on the same
 * files.
 */
export async function eventsFigures(workload: EventsWorkload): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), "orgrail-bench-events-"));
  try {
    const child = await buildChild("events-child", folder, ["@aws-sdk/*", "@smithy/*"]);
    const { events, largeFiles, smallFiles, rounds } = workload;
    const large = join(folder, "large");
    const small = join(folder, "small");
    const size = await generateLogs(large, { events, files: largeFiles });
    await generateLogs(small, { events, files: smallFiles });
    const scratch = join(folder, "lakes");
    const best = new Map<string, Measured>();
    for (let round = 0; round < rounds; round++) {
      for (const [name, logs] of [
        ["large", large],
        ["small", small],
      ] as const) {
        for (const figure of figures) {
          // A lake of its own each time: ext4 is slow where much was deleted a moment ago.
          const measured = await measure(child, figure, logs, join(scratch, `${round} ${name}`));
          const key = `${figure} ${name}`;
          const held = best.get(key);
          best.set(key, held === undefined ? measured : better(held, measured));
        }
      }
    }
    return results(best, size.bytes, workload);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  child: string,
  figure: string,
  logs: string,
  scratch: string,
): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, [child, figure, logs, scratch]);
  return JSON.parse(stdout) as Measured;
}

/** The shortest time, and the most memory of any round. */
function better(a: Measured, b: Measured): Measured {
  return {
    milliseconds: Math.min(a.milliseconds, b.milliseconds),
    cpuMilliseconds: Math.min(a.cpuMilliseconds, b.cpuMilliseconds),
    mostMemory: Math.max(a.mostMemory, b.mostMemory),
    events: a.events,
  };
}

function results(
  best: ReadonlyMap<string, Measured>,
  bytes: number,
  { events, smallFiles }: EventsWorkload,
): BenchResult[] {
  const of = (key: string): Measured => {
    const measured = best.get(key);
    if (measured === undefined) throw new Error(`${key} was not measured`);
    return measured;
  };
  const ratio = (a: string, b: string): number => of(a).milliseconds / of(b).milliseconds;
  const cpuRatio = (a: string, b: string): number => of(a).cpuMilliseconds / of(b).cpuMilliseconds;
  const perSecond = (key: string): number => events / (of(key).milliseconds / 1_000);
  const memory = [...best.values()].map(({ mostMemory }) => mostMemory / 1e6);
  for (const key of ["detect large", "detect small", "ingest large", "ingest small"]) {
    if (of(key).events !== events) throw new Error(`${key} read ${of(key).events} events`);
  }
  return [
    informing("gunzip, 2 threads (the floor)", of("gunzip large").milliseconds, "ms"),
    informing("gunzip", bytes / 1e6 / (of("gunzip large").milliseconds / 1_000), "MB/s"),
    informing("detect over files", perSecond("detect large"), "events/s"),
    limited(
      "detect over files against gunzip",
      ratio("detect large", "gunzip large"),
      "times",
      "lower",
      2,
    ),
    informing(
      "the same in time of the processor",
      cpuRatio("detect large", "gunzip large"),
      "times",
    ),
    informing("ingest into the lake", perSecond("ingest large"), "events/s"),
    limited("ingest against gunzip", ratio("ingest large", "gunzip large"), "times", "lower", 4),
    informing(
      "the same in time of the processor",
      cpuRatio("ingest large", "gunzip large"),
      "times",
    ),
    informing(
      `gunzip of ${smallFiles} small files against large ones`,
      ratio("gunzip small", "gunzip large"),
      "times",
    ),
    informing(
      "detect over small files against gunzip of them",
      ratio("detect small", "gunzip small"),
      "times",
    ),
    informing(
      "the same in time of the processor",
      cpuRatio("detect small", "gunzip small"),
      "times",
    ),
    informing(
      "ingest of small files against gunzip of them",
      ratio("ingest small", "gunzip small"),
      "times",
    ),
    informing(
      "the same in time of the processor",
      cpuRatio("ingest small", "gunzip small"),
      "times",
    ),
    informing(
      "ingest of small files against large ones, in seconds",
      ratio("ingest small", "ingest large"),
      "times",
    ),
    limited(
      "ingest against gunzip, small files against large ones",
      ratio("ingest small", "gunzip small") / ratio("ingest large", "gunzip large"),
      "times",
      "lower",
      1.5,
    ),
    limited("most memory of any", Math.max(...memory), "MB", "lower", 700),
    limited(
      "memory with small files against large ones",
      Math.max(
        of("ingest small").mostMemory / of("ingest large").mostMemory,
        of("detect small").mostMemory / of("detect large").mostMemory,
      ),
      "times",
      "lower",
      1.5,
    ),
  ];
}
