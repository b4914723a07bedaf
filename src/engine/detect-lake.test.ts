import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CloudTrailEvent } from "../core/event.ts";
import { createDetector, type Detector } from "../detect/create-detector.ts";
import { exampleFacts } from "../detect/example/facts.ts";
import { detectRules } from "../detect/registry.gen.ts";
import { openLakeQuery } from "../logs/duckdb/open-lake-query.ts";
import { ingest } from "../logs/lake/ingest.ts";
import { openLake, openWritableLake } from "../logs/lake/lake.ts";
import { fileSource } from "../logs/source/file-source.ts";
import { logFile } from "../logs/test-support/sample-events.ts";
import { detectLake } from "./detect-lake.ts";
import { type DetectReport, detectLogs } from "./detect-logs.ts";

let folder = "";

/** The examples of all rules, good and bad, a minute apart and often enough for thresholds. */
const events: readonly CloudTrailEvent[] = detectRules
  .flatMap(({ example, threshold }) =>
    [...example.hit, ...example.pass].flatMap((event) =>
      Array.from({ length: threshold?.count ?? 1 }, () => event),
    ),
  )
  .map((event, index) => ({
    ...event,
    eventID: `event-${index}`,
    eventTime: new Date(Date.UTC(2026, 10, 2) + index * 60_000).toISOString().replace(".000", ""),
  }));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-detect-lake-"));
  await writeFile(join(folder, "log.json.gz"), logFile(events));
  await writeFile(join(folder, "broken.json.gz"), logFile(events.slice(0, 9)).subarray(0, 300));
  const lake = await openWritableLake(join(folder, "lake"), async () => ({
    release: async () => undefined,
  }));
  await ingest(lake, fileSource(join(folder, "log.json.gz"), {}), { threads: 0 });
  await ingest(lake, fileSource(join(folder, "broken.json.gz"), {}), { threads: 0 });
});

afterAll(() => rm(folder, { recursive: true }));

const detector = (): Detector => createDetector({ rules: detectRules, facts: exampleFacts() });

async function fromLake(time: { sinceMs?: number; untilMs?: number } = {}): Promise<DetectReport> {
  const lake = await openLake(join(folder, "lake"));
  return detectLake(detector(), lake, {
    ...time,
    openQuery: (days) => openLakeQuery(lake, { ...days, threads: 1 }),
  });
}

function fromFiles(time: { sinceMs?: number; untilMs?: number } = {}): Promise<DetectReport> {
  const source = fileSource(join(folder, "log.json.gz"), {});
  return detectLogs(detector(), [source], { ...time, threads: 0 });
}

test("a lake gives the findings of the files that it was made of, to the letter", async () => {
  const [lake, files] = [await fromLake(), await fromFiles()];
  expect(files.findings.length).toBeGreaterThan(detectRules.length);
  expect(lake.findings).toEqual(files.findings);
  expect(lake.counts.events).toBe(events.length);
  expect(new Set(lake.findings.map(({ rule }) => rule)).size).toBe(detectRules.length);
});

test("of a time, to the second", async () => {
  const sinceMs = Date.UTC(2026, 10, 2, 1, 0, 0);
  const untilMs = Date.UTC(2026, 10, 2, 3, 0, 0);
  const [lake, files] = [
    await fromLake({ sinceMs, untilMs }),
    await fromFiles({ sinceMs, untilMs }),
  ];
  expect(files.findings.length).toBeGreaterThan(10);
  expect(lake.findings).toEqual(files.findings);
  expect(lake.counts.events).toBe(121);
});

test("what could not be read when it was ingested is a gap", async () => {
  const { gaps } = await fromLake();
  expect(gaps.map(({ message }) => message)).toContain("the gzip file is cut off");
});
