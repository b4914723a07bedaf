import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cliHost, type TestHost } from "../../../../test/support/cli-host.ts";
import { logFile, sampleEvent, trailPath } from "../../../logs/test-support/sample-events.ts";
import { main } from "../../main.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-logs-"));
  for (const [day, number] of [
    ["2025-12-01", 1],
    ["2025-12-04", 2],
  ] as const) {
    const path = join(folder, trailPath("111122223333", "eu-west-1", day, "a"));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, logFile([sampleEvent(number, { eventTime: `${day}T10:00:00Z` })]));
  }
});

afterEach(() => rm(folder, { recursive: true }));

async function run(
  words: readonly string[],
  stdin?: Readable,
): Promise<{ code: number; host: TestHost; result: unknown }> {
  const host = cliHost({ cwd: folder });
  const changed =
    stdin === undefined ? host : { ...host, stdin: { isTerminal: false, stream: stdin } };
  const code = await main([...words, "--lake", "lake", "--json"], changed);
  return { code, host, result: JSON.parse(host.out()).result };
}

test("ingest, status and query", async () => {
  expect(await run(["logs", "ingest", "AWSLogs"])).toMatchObject({
    code: 0,
    result: { known: 0, counts: { events: 2, objects: 2 } },
  });
  expect(await run(["logs", "ingest", "AWSLogs"])).toMatchObject({ code: 0, result: { known: 2 } });
  expect(await run(["logs", "status"])).toMatchObject({
    code: 0,
    result: {
      accounts: [
        { account: "111122223333", events: 2, missing: [{ from: "2025-12-02", to: "2025-12-03" }] },
      ],
      organizations: ["o-abc1234567"],
    },
  });
  const sql = 'SELECT "eventName", count(*) AS n FROM events GROUP BY 1';
  expect(await run(["logs", "query", sql])).toMatchObject({
    code: 0,
    result: { columns: ["eventName", "n"], rows: [["DescribeInstances", 2]] },
  });
  expect(await run(["logs", "query", sql, "--from", "2025-12-02"])).toMatchObject({
    result: { rows: [["DescribeInstances", 1]] },
  });
  const csv = cliHost({ cwd: folder });
  await main(["logs", "query", sql, "--lake", "lake", "--format", "csv"], csv);
  expect(csv.out()).toBe("eventName,n\nDescribeInstances,2\n");
  const table = cliHost({ cwd: folder });
  await main(["logs", "query", sql, "--lake", "lake"], table);
  expect(table.out()).toContain("DescribeInstances  2");
});

test("only the days that are asked for", async () => {
  const words = ["logs", "ingest", "AWSLogs", "--from", "2025-12-02"];
  expect(await run(words)).toMatchObject({ result: { counts: { events: 1 } } });
  // The host's clock stands at 2026-01-01.
  expect(await run(["logs", "ingest", "AWSLogs", "--from", "31d"])).toMatchObject({
    result: { counts: { events: 1 }, known: 1 },
  });
});

test("standard input; what cannot be read makes exit code 3", async () => {
  const text = `${JSON.stringify(sampleEvent(3))}\n{"eventName":\n`;
  expect(await run(["logs", "ingest", "-"], Readable.from([Buffer.from(text)]))).toMatchObject({
    code: 3,
    result: { counts: { events: 1, rejected: 1 } },
  });
});

test.each([
  [["logs", "status"], "ORGRAIL4310"],
  [["logs", "query", "SELECT 1"], "ORGRAIL4310"],
  [["logs", "ingest", "AWSLogs", "--from", "yesterday"], "ORGRAIL5061"],
  [["logs", "ingest", "AWSLogs", "--accounts", "12"], "ORGRAIL5061"],
])("%j ends with %s", async (words, code) => {
  const { code: exit, host } = await run(words);
  expect(exit).toBe(64);
  expect(JSON.parse(host.out()).diagnostics[0]).toMatchObject({ code });
});

test("a source that is not there is a gap", async () => {
  const { code, host } = await run(["logs", "ingest", "nowhere"]);
  expect(code).toBe(3);
  expect(JSON.parse(host.out()).gaps).toHaveLength(1);
});

test("what cannot be verified or chosen is refused before anything is taken", async () => {
  const refusal = (words: readonly string[]): Promise<unknown> =>
    run(["logs", "ingest", "AWSLogs", ...words], Readable.from([Buffer.from("{}")]));
  const refused = { code: 64, result: null };
  expect(await refusal(["-", "--verify-digests"])).toMatchObject(refused);
  const queue = "https://sqs.eu-west-1.amazonaws.com/111122223333/trail";
  expect(await refusal([queue, "--from", "2025-12-02"])).toMatchObject(refused);
  expect((await run(["logs", "status"])).code).toBe(64);
});

test("a source in which nothing is, or nothing that was asked for, is told", async () => {
  const warned = async (...words: readonly string[]): Promise<unknown[]> => {
    const { host, code } = await run(["logs", "ingest", ...words]);
    expect(code).toBe(0);
    const { diagnostics } = JSON.parse(host.out()) as { diagnostics: { code: string }[] };
    return diagnostics.map((one) => one.code);
  };
  expect(await warned("AWSLogs", "--from", "2025-12-05")).toEqual(["ORGRAIL4336"]);
  expect(await warned("AWSLogs")).toEqual([]);
  expect(await warned("AWSLogs")).toEqual([]);
  await mkdir(join(folder, "empty"));
  expect(await warned("AWSLogs", "empty")).toEqual(["ORGRAIL4336"]);
});
