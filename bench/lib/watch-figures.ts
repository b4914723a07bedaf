import { type ChildProcess, fork, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { bundleCommandLine } from "../../scripts/build/bundle-command-line.ts";
import { buildChild } from "./build-child.ts";
import { type BenchResult, informing, limited } from "./report.ts";
import { machineMs, type WatchQueueOptions, type WatchQueueReport } from "./watch-queue.ts";

/** How much is measured. */
export interface WatchWorkload {
  /** Seconds that the queue is filled for. */
  readonly seconds: number;
  /** Events a second, of each source that is measured. */
  readonly perSecond: { readonly files: number; readonly messages: number };
  /** A folder for profiles of the processor, one a figure; none are made when absent. */
  readonly profiles?: string;
}

interface Source {
  readonly name: string;
  /** 0 for events, one a message. */
  readonly perFile: number;
  readonly perSecond: number;
}

interface Measured {
  readonly report: WatchQueueReport;
  /** When the finding of each event that a rule finds was read from standard output. */
  readonly foundAtMs: readonly number[];
  /** Of one core, while the queue was filled. */
  readonly cpuShare: number;
  readonly memoryMb: number;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const findingEvery = 50;
const taskset = "/usr/bin/taskset";
const mostDelayMs = 1_000;

/**
 * Measures `orgrail watch` as users run it, in a process of its own on one core, over a queue in another
 * process that is filled at a rate whether or not anybody reads it: notifications of files of an
 * organization's trail with 200 events each, and events of EventBridge, one a message.
 *
 * Delays are from the moment a message is handed out, and from the moment it was due to be sent, to its
 * finding on standard output. Those of the first third, in which the engine compiles the code, are left out.
 */
export async function watchFigures(workload: WatchWorkload): Promise<BenchResult[]> {
  const { seconds, perSecond } = workload;
  const sources: readonly Source[] = [
    { name: "notified files of 200 events", perFile: 200, perSecond: perSecond.files },
    { name: "messages of EventBridge", perFile: 0, perSecond: perSecond.messages },
  ];
  const folder = await mkdtemp(join(tmpdir(), "orgrail-bench-watch-"));
  try {
    await writeFile(join(folder, "package.json"), '{"type":"module"}');
    await bundleCommandLine(root, folder);
    await buildChild("watch-queue-child", folder);
    const results: BenchResult[] = [];
    for (const source of sources) {
      const { perFile } = source;
      const events = seconds * source.perSecond;
      const options = { events, perSecond: source.perSecond, perFile, findingEvery };
      const measured = await measure(folder, options, workload.profiles);
      results.push(...resultsOf(source.name, measured, options));
    }
    return results;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function resultsOf(
  name: string,
  { report, foundAtMs, cpuShare, memoryMb }: Measured,
  { events, perSecond }: WatchQueueOptions,
): BenchResult[] {
  const warm = Math.floor(foundAtMs.length / 3);
  const delays = (from: readonly number[]): ((share: number) => number) => {
    const all = foundAtMs.slice(warm).map((at, index) => at - (from[index + warm] ?? 0));
    all.sort((a, b) => a - b);
    return (share) => all[Math.floor((all.length - 1) * share)] ?? 0;
  };
  const sinceReceipt = delays(report.handedOutAtMs);
  const sinceSent = delays(report.sentAtMs);
  const half = <T>(values: readonly T[]): readonly T[] => values.slice(values.length / 2);
  const rate = events / ((report.endedAtMs - report.startedAtMs) / 1_000);
  const is = `watch, ${perSecond} a second, ${name}:`;
  return [
    // The last of it is removed a moment after it was sent.
    limited(`${is} sustained`, rate, "events/s", "higher", perSecond * 0.98),
    limited(`${is} receipt to finding, p99`, sinceReceipt(0.99), "ms", "lower", mostDelayMs),
    informing(`${is} receipt to finding, p50`, sinceReceipt(0.5), "ms"),
    informing(`${is} receipt to finding, most`, sinceReceipt(1), "ms"),
    limited(`${is} sent to finding, p99`, sinceSent(0.99), "ms", "lower", mostDelayMs),
    informing(`${is} sent to finding, p50`, sinceSent(0.5), "ms"),
    informing(`${is} sent to finding, most`, sinceSent(1), "ms"),
    // It does not grow when at no time of the second half more than a second's worth waits.
    limited(
      `${is} waiting in the queue, most of the second half`,
      Math.max(0, ...half(report.waiting)),
      "events",
      "lower",
      perSecond,
    ),
    informing(`${is} received and not removed, most`, Math.max(0, ...report.inFlight), "events"),
    limited(`${is} share of one core`, cpuShare, "", "lower", 1),
    informing(`${is} in a second of the processor`, rate / cpuShare, "events"),
    informing(`${is} requests to the queue`, report.receives + report.removals, ""),
    informing(`${is} memory`, memoryMb, "MB"),
  ];
}

async function measure(
  folder: string,
  options: WatchQueueOptions,
  profiles: string | undefined,
): Promise<Measured> {
  const { events, perFile } = options;
  const server = fork(join(folder, "watch-queue-child.mjs"), [JSON.stringify(options)]);
  const { url, endpoint } = await heard<{ url: string; endpoint: string }>(server);
  const port = await freePort();
  // One core and no more, where the system can say so.
  const pinned = existsSync(taskset) ? [taskset, "-c", "0", process.execPath] : [process.execPath];
  const [program = process.execPath, ...before] = pinned;
  const profile = profiles === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profiles}`];
  const child = spawn(
    program,
    [
      ...[...before, ...profile, join(folder, "bin.js"), "watch", url, "--format", "jsonl"],
      ...["--listen", `127.0.0.1:${port}`, "--state-dir", join(folder, `state-${perFile}`)],
    ],
    {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? "",
        AWS_ENDPOINT_URL: endpoint,
        AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
        AWS_SECRET_ACCESS_KEY: "x",
        AWS_REGION: "us-east-1",
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const gone = new Promise<never>((_, reject) => {
    child.once("exit", (code) => reject(new Error(`the watcher ended with ${code}`)));
  });
  gone.catch(() => undefined);
  try {
    const foundAtMs: number[] = [];
    const wanted = Math.ceil(events / findingEvery);
    let found = 0;
    const allFound = new Promise<void>((resolve) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        const id = /"event-(\d+)"/.exec(line)?.[1];
        if (id === undefined) return;
        foundAtMs[Number(id) / findingEvery] = machineMs();
        found += 1;
        if (found === wanted) resolve();
      });
    });
    await until(async () => (await metric(port, "process_cpu_seconds_total")) !== undefined);
    // What it takes to start is not what it takes to watch.
    await sleep(2_000);
    const cpuBefore = (await metric(port, "process_cpu_seconds_total")) ?? 0;
    server.send("start");
    const report = await within(300_000, Promise.race([heard<WatchQueueReport>(server), gone]));
    const cpu = ((await metric(port, "process_cpu_seconds_total")) ?? 0) - cpuBefore;
    const memory = (await metric(port, "process_resident_memory_bytes")) ?? 0;
    await within(60_000, Promise.race([allFound, gone]));
    const seconds = (report.endedAtMs - report.startedAtMs) / 1_000;
    return { report, foundAtMs, cpuShare: cpu / seconds, memoryMb: memory / 1e6 };
  } finally {
    child.kill("SIGTERM");
    await gone.catch(() => undefined);
    server.disconnect();
  }
}

/** What the child says next. */
function heard<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (): void => reject(new Error("the queue ended"));
    child.once("exit", end);
    child.once("message", (message) => {
      child.off("exit", end);
      resolve(message as T);
    });
  });
}

async function metric(port: number, name: string): Promise<number | undefined> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`).catch(() => undefined);
  const line = (await answer?.text())?.split("\n").find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.split(" ")[1]);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const endsAt = machineMs() + 60_000;
  while (machineMs() < endsAt) {
    if (await holds()) return;
    await sleep(50);
  }
  throw new Error("the watcher did not start within a minute");
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the watcher did not finish")), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
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
