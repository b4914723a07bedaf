import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { callColumns } from "../../core/call-groups.ts";
import type { LakeRange } from "../duckdb/lake-views.ts";
import { fileSource } from "../source/file-source.ts";
import { logFile, sampleEvent, trailPath } from "../test-support/sample-events.ts";
import { ingest } from "./ingest.ts";
import { readKeys } from "./key-files.ts";
import { openWritableLake, type WritableLake } from "./lake.ts";
import { lakeStatus } from "./lake-status.ts";
import { mergeKeys } from "./merge-keys.ts";
import { readMonthIndex } from "./month-index.ts";
import { readLakeKeys } from "./read-keys.ts";

let folder = "";
let lake: WritableLake;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-months-"));
  lake = await openWritableLake(join(folder, "lake"), async () => ({
    release: async () => undefined,
  }));
});

afterEach(() => rm(folder, { recursive: true }));

const accounts = ["111122223333", "444455556666"];

/** Events of two accounts on days of three months, some delivered in the month after. */
async function putLogs(days: readonly string[]): Promise<void> {
  for (const account of accounts) {
    for (const [at, day] of days.entries()) {
      const events = Array.from({ length: 12 }, (_, number) => {
        const eventDay = number === 11 ? new Date(Date.parse(day) - 86_400_000) : new Date(day);
        return sampleEvent(Number(account.slice(0, 2)) * 1_000 + at * 20 + number, {
          eventTime: `${eventDay.toISOString().slice(0, 10)}T10:00:${10 + number}Z`,
          eventName: number % 3 === 0 ? "GetObject" : "ListBuckets",
          recipientAccountId: account,
          ...(number === 5 ? { errorCode: "AccessDenied", errorMessage: "x" } : {}),
          ...(number === 7 ? { awsRegion: "us-east-1", eventType: "AwsServiceEvent" } : {}),
        });
      });
      const path = join(folder, "logs", trailPath(account, "eu-west-1", day, `f${at}`));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, logFile(events));
    }
  }
}

async function take(): Promise<void> {
  await ingest(lake, fileSource(join(folder, "logs"), {}), { threads: 0, leastKeys: 0 });
}

type Sums = Record<string, { count: number; first: number; last: number }>;

function addTo(sums: Sums, key: string, count: number, first: number, last: number): void {
  const held = sums[key] ?? { count: 0, first, last };
  sums[key] = {
    count: held.count + count,
    first: Math.min(held.first, first),
    last: Math.max(held.last, last),
  };
}

/** What replays are given, and in how many tables. */
async function asked(range: LakeRange = {}): Promise<{ tables: number; sums: Sums }> {
  const sums: Sums = {};
  let tables = 0;
  for await (const { groups, firstDay, lastDay } of readLakeKeys(lake, range)) {
    tables += 1;
    expect(firstDay <= lastDay).toBe(true);
    for (let row = 0; row < groups.size; row++) {
      const key = callColumns.map((name) => {
        const { ids, texts } = groups.texts[name];
        return texts[ids[row] ?? 0];
      });
      const numbers = [groups.counts, groups.first, groups.last].map(
        (all) => all[row] ?? Number.NaN,
      );
      addTo(sums, key.join(" "), ...(numbers as [number, number, number]));
    }
  }
  return { tables, sums };
}

/** The same from the commits' own files, row by row. */
async function expected({ from, to, accounts: wanted }: LakeRange = {}): Promise<Sums> {
  const sums: Sums = {};
  for await (const { keys } of lake.commits()) {
    if (keys === undefined) continue;
    const { size, texts, counts, first, last } = readKeys(join(lake.folder, keys.path));
    for (let row = 0; row < size; row++) {
      const key = callColumns.map((name) => texts[name].texts[texts[name].ids[row] ?? 0] ?? "");
      const day = new Date(first[row] ?? 0).toISOString().slice(0, 10);
      if ((from !== undefined && day < from) || (to !== undefined && day > to)) continue;
      if (wanted?.has(key[0] ?? "") === false) continue;
      addTo(sums, key.join(" "), counts[row] ?? 0, first[row] ?? 0, last[row] ?? 0);
    }
  }
  return sums;
}

const days = ["2026-06-29", "2026-06-30", "2026-07-01", "2026-07-02", "2026-07-31", "2026-08-01"];

test("the status counts the bytes of all that lies in the lake, merged keys too", async () => {
  await putLogs(days);
  await take();
  const names = await readdir(lake.folder, { recursive: true });
  const files = names.filter((name) => name.endsWith(".parquet"));
  expect(files.some((name) => name.startsWith("months"))).toBe(true);
  const sizes = await Promise.all(files.map(async (name) => stat(join(lake.folder, name))));
  const bytes = sizes.reduce((sum, { size }) => sum + size, 0);
  expect((await lakeStatus(lake)).bytes).toBe(bytes);
});

test("merged keys say what the keys of commits say, whatever of them is asked for", async () => {
  await putLogs(days.slice(0, 3));
  await take();
  await putLogs(days);
  await take();
  const all = await asked();
  expect(all.sums).toEqual(await expected());
  expect(Object.values(all.sums).reduce((sum, { count }) => sum + count, 0)).toBe(144);
  // By month of delivery, and what was delivered in the month after apart.
  expect(all.tables).toBe(5);
  const ranges: LakeRange[] = [
    { from: "2026-07-01" },
    { to: "2026-06-30" },
    { from: "2026-07-02", to: "2026-07-30" },
    { from: "2026-06-30", to: "2026-06-30" },
    { from: "2027-01-01" },
  ];
  for (const range of ranges) {
    for (const wanted of [undefined, new Set([accounts[1] ?? ""]), new Set<string>()]) {
      const own = { ...range, ...(wanted === undefined ? {} : { accounts: wanted }) };
      expect((await asked(own)).sums, JSON.stringify(own)).toEqual(await expected(own));
    }
  }
});

test("one file a month holds what several ingests took", async () => {
  for (const count of [1, 2, 3, 4]) {
    await putLogs(["2026-07-02", "2026-07-03", "2026-07-04", "2026-07-05"].slice(0, count));
    await take();
    const months = await readdir(join(lake.folder, "months"));
    expect(months).toEqual(["2026-07"]);
    expect(await readdir(join(lake.folder, "months/2026-07"))).toHaveLength(2);
    const [batch, ...more] = readMonthIndex(lake.folder, "2026-07").batches;
    expect([batch?.commits.length, more.length]).toEqual([count * accounts.length, 0]);
    expect((await asked()).tables).toBe(1);
    expect((await asked()).sums).toEqual(await expected());
  }
});

test("what has many keys is merged no more, and what comes later is merged apart", async () => {
  const listed = (): string[] =>
    readMonthIndex(lake.folder, "2026-07").batches.flatMap(({ parts }) =>
      parts.map(({ path }) => path),
    );
  const [months, aside] = [join(lake.folder, "months"), join(folder, "aside")];
  await putLogs(["2026-07-02", "2026-07-03"]);
  await take();
  await rm(months, { recursive: true });
  await mergeKeys(lake, { mostKeys: 1 });
  const before = listed();
  expect(before).toHaveLength(accounts.length);
  // As if the next had been ingested by who closes files as early.
  await cp(months, aside, { recursive: true });
  await putLogs(["2026-07-02", "2026-07-03", "2026-07-04"]);
  await take();
  await rm(months, { recursive: true });
  await cp(aside, months, { recursive: true });
  await mergeKeys(lake, { mostKeys: 1 });
  expect(listed()).toEqual([...before, expect.anything(), expect.anything()]);
  expect((await asked()).tables).toBe(4);
  expect((await asked()).sums).toEqual(await expected());
});

test("a large file is merged again only when much has come", async () => {
  const batches: number[] = [];
  let number = 0;
  for (const count of [60, 2, 3, 60]) {
    const events = Array.from({ length: count }, () =>
      sampleEvent(number, {
        eventTime: "2026-07-02T10:00:00Z",
        eventName: `Event${number++}`,
      }),
    );
    const path = join(
      folder,
      "logs",
      trailPath(accounts[0] ?? "", "x", "2026-07-02", `${count}${number}`),
    );
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, logFile(events));
    await take();
    batches.push(readMonthIndex(lake.folder, "2026-07").batches.length);
    expect((await asked()).sums).toEqual(await expected());
  }
  expect(batches).toEqual([1, 2, 2, 1]);
});

test("DuckDB reads a merged file, and counts its callers and events as we do", async () => {
  await putLogs(["2026-07-02", "2026-07-03"]);
  await take();
  const [part] = readMonthIndex(lake.folder, "2026-07").batches[0]?.parts ?? [];
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  const answer = await connection.runAndReadAll(
    `SELECT count(*)::INTEGER, sum(count)::INTEGER, max(caller) + 1, max(event) + 1,
            count(DISTINCT (identityType, principal, principalAccountId, invokedBy, recipientAccountId))::INTEGER,
            count(DISTINCT (eventSource, eventName, eventType, eventCategory))::INTEGER,
            min(firstTime)::VARCHAR, max(lastTime)::VARCHAR
     FROM read_parquet('${join(lake.folder, part?.path ?? "")}')`,
  );
  expect(answer.getRowsJS()).toEqual([
    [part?.rows, 48, 2, 3, 2, 3, "2026-07-01 10:00:21", "2026-07-03 10:00:20"],
  ]);
  connection.closeSync();
  instance.closeSync();
});

test("a lake that has no merged keys has the same answer, and gets them when it is next asked to", async () => {
  await putLogs(days);
  await take();
  await rm(join(lake.folder, "months"), { recursive: true });
  expect((await asked()).sums).toEqual(await expected());
  expect((await asked()).tables).toBe(6);
  await take();
  expect((await asked()).tables).toBe(5);
});

test("what is damaged, left over or out of date counts for nothing", async () => {
  await putLogs(["2026-07-02"]);
  await take();
  const own = join(lake.folder, "months/2026-07");
  const index = join(own, "index.json");
  const [part] = readMonthIndex(lake.folder, "2026-07").batches[0]?.parts ?? [];
  const file = join(lake.folder, part?.path ?? "");
  const whole = { file: await readFile(file), index: await readFile(index) };
  const faults: readonly (readonly [string, () => Promise<void>])[] = [
    ["a file that is gone", () => rm(file)],
    ["a file that is cut off", () => writeFile(file, whole.file.subarray(0, 200))],
    ["a file of nothing", () => writeFile(file, Buffer.alloc(whole.file.length))],
    ["an index that is no JSON", () => writeFile(index, "{")],
    ["an index of another version", () => writeFile(index, '{"schemaVersion":2,"batches":1}')],
    ["a file that no index lists", () => writeFile(join(own, "other.parquet"), whole.file)],
  ];
  for (const [name, harm] of faults) {
    await harm();
    expect((await asked()).sums, name).toEqual(await expected());
    await writeFile(file, whole.file);
    await writeFile(index, whole.index);
  }
  // Merging takes away what no index lists.
  await putLogs(["2026-07-02", "2026-07-03"]);
  await take();
  expect(await readdir(own)).toHaveLength(2);
  expect(await readdir(own)).not.toContain("other.parquet");

  const commits = join(lake.folder, "commits", accounts[0] ?? "", "2026-07");
  const [deleted = ""] = await readdir(commits);
  await rm(join(commits, deleted));
  expect((await asked()).sums).toEqual(await expected());
  await mergeKeys(lake);
  expect((await asked()).tables).toBe(1);
  expect((await asked()).sums).toEqual(await expected());
});

test("a commit whose keys cannot be read is told of by who asks, and merged when it can", async () => {
  await putLogs(["2026-07-02"]);
  await take();
  await rm(join(lake.folder, "months"), { recursive: true });
  let path = "";
  for await (const { keys } of lake.commits()) path = join(lake.folder, keys?.path ?? "");
  const bytes = await readFile(path);
  await writeFile(path, "x");
  await mergeKeys(lake);
  await expect(asked()).rejects.toMatchObject({ code: "ORGRAIL4311" });
  await writeFile(path, bytes);
  await mergeKeys(lake);
  expect((await asked()).tables).toBe(1);
  expect((await asked()).sums).toEqual(await expected());
});
