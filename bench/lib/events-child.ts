/**
 * One measurement of `bench:events`, in a process of its own: `events-child FIGURE LOGS SCRATCH`.
 * Prints one line of JSON: milliseconds, those of the processor, and the most memory in bytes.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

const threads = 2;

async function measure(figure: string | undefined, logs: string, scratch: string): Promise<void> {
  let mostMemory = 0;
  const sampling = setInterval(() => {
    mostMemory = Math.max(mostMemory, process.memoryUsage.rss());
  }, 10);
  // What is listed for the floor beforehand is not its time; the others list as they read.
  const paths = figure === "gunzip" ? filesBelow(logs) : [];
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const events = await run(figure, logs, scratch, paths);
  const milliseconds = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuMilliseconds = (user + system) / 1_000;
  clearInterval(sampling);
  mostMemory = Math.max(mostMemory, process.memoryUsage.rss());
  process.stdout.write(
    `${JSON.stringify({ milliseconds, cpuMilliseconds, mostMemory, events })}\n`,
  );
}

async function run(
  figure: string | undefined,
  logs: string,
  scratch: string,
  paths: readonly string[],
): Promise<number> {
  switch (figure) {
    case "gunzip":
      return gunzipAll(paths);
    case "detect":
      return detectAll(logs);
    case "ingest":
      return ingestAll(logs, scratch);
    default:
      throw new Error(`there is no figure ${figure}`);
  }
}

/** Every other file for each thread: read and unpacked by Node.js's own means, no more. */
const gunzipThread = `
  const { readFileSync } = require("node:fs");
  const { gunzipSync } = require("node:zlib");
  const { workerData, parentPort } = require("node:worker_threads");
  let bytes = 0;
  for (const path of workerData) bytes += gunzipSync(readFileSync(path)).length;
  parentPort.postMessage(bytes);
`;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".gz"))
    .map((name) => join(folder, name));
}

async function gunzipAll(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    Array.from({ length: threads }, (_, thread) => {
      const own = paths.filter((_path, index) => index % threads === thread);
      const worker = new Worker(gunzipThread, { eval: true, workerData: own });
      return new Promise<number>((resolve, reject) => {
        worker.on("message", resolve);
        worker.on("error", reject);
      });
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Loaded when needed, as the command line does: threads load only what reads logs. */
async function detectAll(logs: string): Promise<number> {
  const { startWorkers } = await import("../../src/logs/worker/log-worker.ts");
  const started = startWorkers(threads);
  const [{ createDetector }, { detectFacts }, { detectRules }, { readEvents }, { fileSource }] =
    await Promise.all([
      import("../../src/detect/create-detector.ts"),
      import("../../src/detect/facts.ts"),
      import("../../src/detect/registry.gen.ts"),
      import("../../src/logs/read/read-events.ts"),
      import("../../src/logs/source/file-source.ts"),
    ]);
  const detector = createDetector({ rules: detectRules, facts: detectFacts({}) });
  let seen = 0;
  let found = 0;
  const batches = readEvents(fileSource(logs, {}), {
    started,
    onlyNamed: detector.names,
    orContaining: detector.marks,
  });
  for await (const batch of batches) {
    seen += batch.seen;
    for (const event of batch.events) found += detector.accept(event).length;
  }
  await started.close();
  if (found === 0) throw new Error("no rule found anything, which cannot be");
  return seen;
}

async function ingestAll(logs: string, scratch: string): Promise<number> {
  const [{ ingest }, { openWritableLake }, { fileSource }] = await Promise.all([
    import("../../src/logs/lake/ingest.ts"),
    import("../../src/logs/lake/lake.ts"),
    import("../../src/logs/source/file-source.ts"),
  ]);
  const unlocked = async (): Promise<{ release: () => Promise<void> }> => ({
    release: async () => undefined,
  });
  const lake = await openWritableLake(scratch, unlocked);
  const { counts } = await ingest(lake, fileSource(logs, {}), { threads });
  return counts.events;
}

await measure(process.argv[2], process.argv[3] ?? "", process.argv[4] ?? "");
