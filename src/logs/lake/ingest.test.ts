import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CloudTrailEvent } from "../../core/event.ts";
import { openLakeQuery } from "../duckdb/open-lake-query.ts";
import { fileSource } from "../source/file-source.ts";
import { streamSource } from "../source/stream-source.ts";
import { logFile, sampleEvent, trailPath } from "../test-support/sample-events.ts";
import { type IngestReport, ingest } from "./ingest.ts";
import { openWritableLake, type WritableLake } from "./lake.ts";
import { lakeStatus } from "./lake-status.ts";

let folder = "";
let lake: WritableLake;

const unlocked = async (): Promise<{ release: () => Promise<void> }> => ({
  release: async () => undefined,
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-lake-"));
  lake = await openWritableLake(join(folder, "lake"), unlocked);
});

afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, content: Buffer | string): Promise<void> {
  const full = join(folder, "logs", path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, content);
}

function take(threads = 0): Promise<IngestReport> {
  return ingest(lake, fileSource(join(folder, "logs"), {}), { threads, leastKeys: 0 });
}

async function ask(sql: string): Promise<readonly (readonly unknown[])[]> {
  const query = await openLakeQuery(lake, { threads: 1 });
  try {
    const rows: (readonly unknown[])[] = [];
    for await (const part of (await query.run(sql)).rows()) rows.push(...part);
    return rows;
  } finally {
    await query.close();
  }
}

const account = "111122223333";

test("events come back from the lake as they were, and the keys count them", async () => {
  const events = Array.from({ length: 20 }, (_, number) =>
    sampleEvent(number, number === 7 ? { errorCode: "AccessDenied", errorMessage: "x" } : {}),
  );
  await put(trailPath(account, "eu-west-1", "2026-08-01", "a"), logFile(events.slice(0, 12)));
  await put(trailPath(account, "eu-west-1", "2026-08-01", "b"), logFile(events.slice(12)));
  const report = await take();
  expect(report.counts).toMatchObject({ objects: 2, records: 20, events: 20, rejected: 0 });
  expect(report.organizations).toEqual(["o-abc1234567"]);
  const rows = await ask(
    `SELECT "eventID", "eventTime", "eventName", "identityArn", "sessionIssuerArn", "errorCode",
            "readOnly", "requestParameters", account, day::VARCHAR FROM events ORDER BY 1`,
  );
  expect(rows).toEqual(
    events.map((event) => [
      event.eventID,
      event.eventTime?.replace("T", " ").replace("Z", ""),
      event.eventName,
      event.userIdentity?.arn,
      event.userIdentity?.sessionContext?.sessionIssuer?.arn,
      event.errorCode ?? null,
      true,
      JSON.stringify(event.requestParameters),
      account,
      "2026-08-01",
    ]),
  );
  expect(
    await ask('SELECT "principal", "errorClass", count, "firstTime" FROM keys ORDER BY count'),
  ).toEqual([
    [`arn:aws:iam::${account}:role/app`, "denied", 1, "2026-08-01 10:00:07"],
    [`arn:aws:iam::${account}:role/app`, "none", 19, "2026-08-01 10:00:00"],
  ]);
});

test("on threads it is the same", async () => {
  for (let number = 0; number < 6; number++) {
    const day = `2026-0${number + 1}-01`;
    const time = `${day}T00:00:00Z`;
    const path = trailPath(account, "eu-west-1", day, "a");
    await put(path, logFile([sampleEvent(number, { eventTime: time })]));
  }
  expect((await take(2)).counts).toMatchObject({ objects: 6, events: 6 });
  expect(await ask('SELECT count(DISTINCT "eventID") FROM events')).toEqual([[6]]);
  expect(await readdir(join(lake.folder, "months"))).toHaveLength(6);
}, 60_000);

test("what is there is not read again; a file that changed is, and doubles nothing", async () => {
  const path = trailPath(account, "eu-west-1", "2026-08-01", "a");
  await put(path, logFile([sampleEvent(1), sampleEvent(2)]));
  await take();
  expect(await take()).toMatchObject({ known: 1, counts: { objects: 0 } });
  await put(path, logFile([sampleEvent(1), sampleEvent(2), sampleEvent(3)]));
  expect(await take()).toMatchObject({ known: 0, counts: { events: 1, duplicates: 2 } });
  expect(await ask('SELECT count(*), count(DISTINCT "eventID") FROM events')).toEqual([[3, 3]]);
  expect(await ask("SELECT sum(count)::INTEGER FROM keys")).toEqual([[3]]);
});

test("the same event in two files is one event, also across units and days of delivery", async () => {
  const late = sampleEvent(1, { eventTime: "2026-07-31T23:59:59Z" });
  await put(trailPath(account, "eu-west-1", "2026-07-31", "a"), logFile([late]));
  await put(trailPath(account, "eu-west-1", "2026-08-01", "b"), logFile([late, sampleEvent(2)]));
  await put(trailPath(account, "us-east-1", "2026-08-01", "c"), logFile([sampleEvent(2)]));
  expect((await take()).counts).toMatchObject({ events: 2, duplicates: 2 });
  const status = await lakeStatus(lake);
  expect(status.accounts).toMatchObject([
    { account, events: 2, days: { "2026-07-31": 1, "2026-08-01": 1 }, missing: [] },
  ]);
});

test("a stream is taken in too, twice without doubling", async () => {
  async function* lines(): AsyncGenerator<Buffer> {
    for (let number = 0; number < 5; number++) {
      yield Buffer.from(`${JSON.stringify(sampleEvent(number))}\n`);
    }
  }
  expect((await ingest(lake, streamSource("in", lines()), { threads: 0 })).counts.events).toBe(5);
  expect((await ingest(lake, streamSource("in", lines()), { threads: 0 })).counts).toMatchObject({
    events: 0,
    duplicates: 5,
  });
});

describe("bad input", () => {
  test("is told and kept, and the rest is taken", async () => {
    const good = sampleEvent(1);
    const text = JSON.stringify({ Records: [good, sampleEvent(2), sampleEvent(3)] });
    await put(
      "broken.json",
      text.replace('"eventID":"00000000-0000-4000-8000-000000000002"', '"eventID":oops'),
    );
    const whole = logFile(Array.from({ length: 200 }, (_, index) => sampleEvent(index + 100)));
    await put("cut.json.gz", whole.subarray(0, whole.length - 900));
    await put(
      "damaged.json.gz",
      Buffer.concat([whole.subarray(0, 99), Buffer.from("x"), whole.subarray(100)]),
    );
    await put("flow.log", "2 123456789010 eni-1 172.31.16.139 ACCEPT OK\n");
    await put("digest.json", JSON.stringify({ digestEndTime: "x", logFiles: [] }));
    await put("timeless.json", JSON.stringify(sampleEvent(5, { eventTime: "yesterday" })));
    await put(
      "strange.json",
      JSON.stringify(
        sampleEvent(6, {
          eventVersion: "9.9",
          userIdentity: undefined as never,
          recipientAccountId: "../../x",
        }),
      ),
    );
    const report = await take();
    expect(
      report.problems.map(({ object, reason }) => `${object.replace(/^.*\//, "")}: ${reason}`),
    ).toEqual([
      "cut.json.gz: the gzip file is cut off",
      "damaged.json.gz: the gzip file is damaged",
    ]);
    expect(report.counts).toMatchObject({ digests: 1, unknownVersions: 1, withoutIdentity: 1 });
    expect(await ask("SELECT count(*) FROM events WHERE account = 'unknown'")).toEqual([[1]]);
    expect(await ask(`SELECT count(*) FROM events WHERE "eventID" IN ('${good.eventID}')`)).toEqual(
      [[1]],
    );
    const files = await readdir(join(lake.folder, "rejected"));
    const rejected = (
      await Promise.all(files.map((file) => readFile(join(lake.folder, "rejected", file), "utf8")))
    )
      .join("")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { object: string; reason: string; text: string });
    expect(rejected).toHaveLength(report.counts.rejected);
    expect(rejected.find(({ object }) => object.endsWith("broken.json"))?.text).toContain("oops");
    expect(rejected.find(({ object }) => object.endsWith("timeless.json"))?.reason).toContain(
      "eventTime",
    );
    // What a cut-off file had is in the lake once, however often it is tried.
    expect((await take()).counts.events).toBe(0);
  });

  test("a time before year 1 or after 9999 is none, and spoils no query", async () => {
    const times = [
      "9999-12-31T23:59:59-05:00",
      "0000-01-01T00:00:00+05:00",
      "0000-06-01T00:00:00Z",
      "9999-12-31T23:59:59Z",
      "0001-01-01T00:00:00Z",
    ];
    const events = times.map((eventTime, number) => sampleEvent(number, { eventTime }));
    await put("x.json", JSON.stringify({ Records: events }));
    expect((await take()).counts).toMatchObject({ events: 2, rejected: 3 });
    expect(await ask("SELECT DISTINCT day::VARCHAR FROM events ORDER BY 1")).toEqual([
      ["0001-01-01"],
      ["9999-12-31"],
    ]);
  });

  test("links in a circle end, and a folder that is not there is a gap", async () => {
    await put("a/x.json", JSON.stringify(sampleEvent(1)));
    await symlink(join(folder, "logs"), join(folder, "logs", "a", "up"));
    await symlink(join(folder, "nowhere"), join(folder, "logs", "a", "dangling"));
    const report = await take();
    expect(report.counts.events).toBe(1);
    expect(report.gaps).toMatchObject([{ kind: "failed" }]);
    const none = await ingest(lake, fileSource(join(folder, "none"), {}), { threads: 0 });
    expect(none.gaps).toMatchObject([{ kind: "failed", subject: join(folder, "none") }]);
  });

  test("a lake that cannot be written is an error that says so", async () => {
    await put("x.json", JSON.stringify(sampleEvent(1)));
    await rm(join(lake.folder, "events"), { recursive: true, force: true });
    await writeFile(join(lake.folder, "events"), "in the way");
    await expect(take()).rejects.toThrow();
  });
});

test("a crash between moving files and the commit loses nothing and doubles nothing", async () => {
  await put(trailPath(account, "eu-west-1", "2026-08-01", "a"), logFile([sampleEvent(1)]));
  await take();
  // As if the process had ended before the commit: files in their places, the commit not there.
  const commits = join(lake.folder, "commits", account, "2026-08");
  const [name = ""] = await readdir(commits);
  const id = name.replace(".jsonl", "");
  const day = join(lake.folder, "events", `account=${account}`, "day=2026-08-01");
  await rename(join(commits, name), join(lake.staging, "old"));
  const intents = await readFile(join(lake.staging, "intents.jsonl"), "utf8");
  const place = join("events", `account=${account}`, "day=2026-08-01", `${id}-0.parquet`);
  expect(intents).toContain(JSON.stringify(place));
  await writeFile(join(lake.staging, "intents.jsonl"), `${intents}{"id":"cut o`);
  expect(await ask("SELECT count(*) FROM events")).toEqual([[0]]);
  lake = await openWritableLake(lake.folder, unlocked);
  expect(await readdir(day)).toEqual([]);
  expect((await take()).counts).toMatchObject({ events: 1, duplicates: 0 });
  expect(await ask("SELECT count(*) FROM events")).toEqual([[1]]);
});

test("days without events between others are named", async () => {
  const on = (day: string, number: number): CloudTrailEvent =>
    sampleEvent(number, { eventTime: `${day}T00:00:00Z` });
  await put(
    "x.json",
    JSON.stringify([on("2026-08-01", 1), on("2026-08-04", 2), on("2026-08-05", 3)]),
  );
  await take();
  const [status] = (await lakeStatus(lake)).accounts;
  expect(status?.missing).toEqual([{ from: "2026-08-02", to: "2026-08-03" }]);
});

test("a lake may lie below folders that are named as its own are", async () => {
  lake = await openWritableLake(join(folder, "account=5", "day=2020-01-01", "lake"), unlocked);
  await put("x.json", JSON.stringify(sampleEvent(1)));
  await take();
  const columns = 'SELECT account, day::VARCHAR, "eventID" FROM events';
  expect(await ask(`${columns} WHERE account = '${account}' AND day = DATE '2026-08-01'`)).toEqual([
    [account, "2026-08-01", sampleEvent(1).eventID],
  ]);
  const [row] = await ask("SELECT * FROM events");
  expect(row).toHaveLength((await ask("DESCRIBE events")).length);
});

test("queries read the lake and nothing else", async () => {
  await put("x.json", JSON.stringify(sampleEvent(1)));
  await take();
  const file = join(lake.folder, "lake.json");
  await Promise.all(
    [
      "SELECT * FROM read_text('/etc/passwd')",
      `COPY events TO '${join(lake.folder, "out.parquet")}'`,
      `COPY (SELECT 1) TO '${file}'`,
      `EXPLAIN ANALYZE COPY (SELECT 1) TO '${file}'`,
      `/**/ EXPLAIN ANALYZE COPY (SELECT 1) TO '${file}'`,
      `explain analyze -- so\n COPY (SELECT 1) TO '${file}'`,
      `EXPLAIN (ANALYZE) COPY (SELECT 1) TO '${file}'`,
      `EXPLAIN (ANALYZE, FORMAT json) COPY (SELECT 1) TO '${file}'`,
      "SET enable_external_access = true",
      "INSTALL httpfs",
      "ATTACH 'x.db'",
      "SELECT 1; SELECT 2",
      "CREATE TABLE t AS SELECT 1",
      "SELEC 1",
      "SELECT getenv('HOME')",
    ].map((sql) => expect(ask(sql), sql).rejects.toThrow()),
  );
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ kind: "orgrail-lake" });
  await Promise.all(
    [
      "EXPLAIN SELECT count(*) FROM events",
      "explain analyze SELECT count(*) FROM events",
      "EXPLAIN ANALYZE (SELECT count(*) FROM events)",
      "EXPLAIN (FORMAT json) SELECT 1",
      "EXPLAIN WITH x AS (SELECT 1) SELECT * FROM x",
    ].map(async (sql) => expect(await ask(sql), sql).toHaveLength(1)),
  );
  for (const sql of ["", " ;", "-- nothing"]) {
    await expect(ask(sql), sql).rejects.toThrow("it is empty");
  }
});
