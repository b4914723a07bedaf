import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fileSource } from "../source/file-source.ts";
import { trailPath } from "../test-support/sample-events.ts";
import { type IngestReport, ingest } from "./ingest.ts";
import { openWritableLake } from "./lake.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-lake-"));
});

afterEach(() => rm(folder, { recursive: true }));

/** Short records of which no two are alike, packed to a fraction of what logs take. */
function differentRecords(from: number, count: number): Buffer {
  const records = Array.from(
    { length: count },
    (_, index) =>
      `{"eventSource":"a","eventName":"n${from + index}","eventTime":"2026-08-01T10:00:00Z"}`,
  );
  return gzipSync(`{"Records":[${records.join()}]}`, { level: 1 });
}

async function put(name: string, content: Buffer): Promise<void> {
  const path = trailPath("111122223333", "eu-west-1", "2026-08-01", name);
  const full = join(folder, "logs", path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, content);
}

async function take(): Promise<{ report: IngestReport; commits: number }> {
  const unlocked = async (): Promise<{ release: () => Promise<void> }> => ({
    release: async () => undefined,
  });
  const lake = await openWritableLake(join(folder, "lake"), unlocked);
  const report = await ingest(lake, fileSource(join(folder, "logs"), {}), { threads: 0 });
  let commits = 0;
  for await (const _ of lake.commits()) commits += 1;
  return { report, commits };
}

test("a unit that grows large is closed, and what is left of it is another one", async () => {
  for (let file = 0; file < 4; file++) {
    await put(`file${file}`, differentRecords(file * 80_000, 80_000));
  }
  const { report, commits } = await take();
  expect(report.counts).toMatchObject({ objects: 4, events: 320_000, rejected: 0, duplicates: 0 });
  expect(report.problems).toEqual([]);
  expect(commits).toBe(2);
  expect((await take()).report).toMatchObject({ known: 4, counts: { objects: 0 } });
});

test("an object that does not fit in memory is read as far as it does, and that is said", async () => {
  await put("large", differentRecords(0, 410_000));
  await put("other", differentRecords(410_000, 1_000));
  const { report } = await take();
  expect(report.counts.objects).toBe(2);
  expect(report.counts.events).toBe(401_001);
  expect(report.problems.map(({ reason }) => reason)).toEqual([
    "it holds more events than fit in memory: those at its end are not read",
  ]);
});
