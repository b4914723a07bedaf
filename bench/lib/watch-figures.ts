import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { bundleCommandLine } from "../../scripts/build/bundle-command-line.ts";
import { type BenchResult, informing, limited } from "./report.ts";
import { watchQueue } from "./watch-queue.ts";

/** How much is measured. */
export interface WatchWorkload {
  /** Seconds that the queue is filled for. */
  readonly seconds: number;
  readonly perSecond: number;
}

interface Measured {
  readonly perSecond: number;
  /** Events that a second of the processor takes, all threads together. */
  readonly perCpuSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly memoryMb: number;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const findingEvery = 50;
const taskset = "/usr/bin/taskset";

/**
 * Measures `orgrail watch` as users run it, in a process of its own on one core, over a queue on loopback
 * that is filled at a rate: events of EventBridge, one a message, and notifications of files with 200 events.
 * The time is from the moment a message is handed out to its finding on standard output.
 */
export async function watchFigures({ seconds, perSecond }: WatchWorkload): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), "orgrail-bench-watch-"));
  try {
    await writeFile(join(folder, "package.json"), '{"type":"module"}');
    await bundleCommandLine(root, folder);
    const results: BenchResult[] = [];
    for (const [name, perFile] of [
      ["messages of EventBridge", 0],
      ["notified files of 200 events", 200],
    ] as const) {
      const events = seconds * perSecond;
      const measured = await measure(folder, perFile, events, perSecond);
      results.push(
        limited(
          `watch on one core, ${name}: sustained`,
          measured.perSecond,
          "events/s",
          "higher",
          // The last of it is taken a moment after the queue is full.
          perSecond * 0.98,
        ),
        informing(`watch, ${name}: in a second of the processor`, measured.perCpuSecond, "events"),
        informing(`watch, ${name}: receipt to finding, p50`, measured.p50Ms, "ms"),
        limited(`watch, ${name}: receipt to finding, p99`, measured.p99Ms, "ms", "lower", 1_000),
        informing(`watch, ${name}: memory`, measured.memoryMb, "MB"),
      );
    }
    return results;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  folder: string,
  perFile: number,
  events: number,
  perSecond: number,
): Promise<Measured> {
  const queue = await watchQueue({ events, perSecond, perFile, findingEvery });
  const port = await freePort();
  // One core and no more, where the system can say so.
  const pinned = existsSync(taskset) ? [taskset, "-c", "0", process.execPath] : [process.execPath];
  const [program = process.execPath, ...before] = pinned;
  const child = spawn(
    program,
    [
      ...before,
      ...[join(folder, "bin.js"), "watch", queue.url, "--format", "jsonl"],
      ...["--listen", `127.0.0.1:${port}`, "--state-dir", join(folder, `state-${perFile}`)],
    ],
    {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? "",
        AWS_ENDPOINT_URL: queue.endpoint,
        AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
        AWS_SECRET_ACCESS_KEY: "x",
        AWS_REGION: "us-east-1",
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  try {
    const delays: number[] = [];
    let found = 0;
    createInterface({ input: child.stdout }).on("line", (line) => {
      const { evidence } = JSON.parse(line) as { evidence: readonly { source?: string }[] };
      const id = evidence[0]?.source ?? "";
      const at = queue.handedOut.get(id);
      if (at === undefined) return;
      found += 1;
      // The first quarter is what the engine compiles its code in.
      if (Number(id.slice("event-".length)) >= events / 4) delays.push(performance.now() - at);
    });
    await until(async () => (await metric(port, "process_cpu_seconds_total")) !== undefined);
    // What it takes to start is not what it takes to watch.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const cpuBefore = (await metric(port, "process_cpu_seconds_total")) ?? 0;
    const startedAt = performance.now();
    queue.start();
    const wanted = Math.ceil(events / findingEvery);
    await until(async () => queue.removed() >= events && found >= wanted);
    const seconds = (performance.now() - startedAt) / 1_000;
    const cpu = ((await metric(port, "process_cpu_seconds_total")) ?? 0) - cpuBefore;
    const memory = (await metric(port, "process_resident_memory_bytes")) ?? 0;
    delays.sort((a, b) => a - b);
    const at = (share: number): number => delays[Math.floor((delays.length - 1) * share)] ?? 0;
    return {
      perSecond: events / seconds,
      perCpuSecond: events / cpu,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      memoryMb: memory / 1e6,
    };
  } finally {
    const end = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await end;
    await queue.close();
  }
}

async function metric(port: number, name: string): Promise<number | undefined> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`).catch(() => undefined);
  const line = (await answer?.text())?.split("\n").find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.split(" ")[1]);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + 300_000;
  while (performance.now() < endsAt) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the watcher did not finish within five minutes");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
