import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readEvents } from "../read/read-events.ts";
import { logFile, sampleEvent, trailPath } from "../test-support/sample-events.ts";
import { fileSource } from "./file-source.ts";
import type { LogSelection, LogSource } from "./log-source.ts";
import { streamSource } from "./stream-source.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-local-"));
});

afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, content: Buffer | string): Promise<string> {
  const full = join(folder, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, content);
  return full;
}

/** How many events and broken parts are read, and in how many blocks. */
async function read(source: LogSource): Promise<readonly [number, number, number]> {
  let [events, broken, blocks] = [0, 0, 0];
  for await (const batch of readEvents(source, { threads: 0, onlyNamed: new Set() })) {
    blocks += 1;
    events += batch.seen - batch.rejected.length;
    broken += batch.rejected.length;
  }
  return [events, broken, blocks];
}

const account = "111122223333";

test("a file that is named is chosen as those of a folder are", async () => {
  const content = logFile([sampleEvent(1)]);
  const path = await put(trailPath(account, "eu-west-1", "2026-08-01", "a"), content);
  const count = async (selection: LogSelection): Promise<number> =>
    (await read(fileSource(path, selection)))[0];
  expect(await count({ from: "2026-08-01", to: "2026-08-01" })).toBe(1);
  expect(await count({ from: "2026-08-02" })).toBe(0);
  expect(await count({ accounts: new Set(["444455556666"]) })).toBe(0);
  expect(await count({ regions: new Set(["us-east-1"]) })).toBe(0);
});

test("files above the folders of days are read too", async () => {
  const root = `AWSLogs/${account}/CloudTrail`;
  const places = ["", "/eu-west-1", "/eu-west-1/2026", "/eu-west-1/2026/08", "/eu-west-1/old/x"];
  await Promise.all(
    places.map((place, number) =>
      put(`${root}${place}/${number}.json.gz`, logFile([sampleEvent(number)])),
    ),
  );
  expect(await read(fileSource(folder, {}))).toEqual([5, 0, 5]);
  expect(await read(fileSource(folder, { from: "2026-08-01", to: "2026-08-31" }))).toEqual([
    5, 0, 5,
  ]);
});

const padding = "x".repeat(4_000);
const records = Array.from({ length: 5_000 }, (_, number) =>
  sampleEvent(number, { userAgent: padding }),
);

async function* chunks(text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

const inOneLine = records.map((record) => JSON.stringify(record));
const laidOut = JSON.stringify({ Records: records }, undefined, 2);

test.each([
  ["a document over many lines", laidOut, 0, 1],
  ["a list with a record a line", `[\n${inOneLine.join(",\n")}\n]\n`, 0, 1],
  ["JSON lines", `${inOneLine.join("\n")}\n`, 0, 2],
  ["JSON lines of which the first is broken", `oops\n${inOneLine.join("\n")}\n`, 1, 2],
  [
    "files one after the other",
    [records.slice(0, 2_000), records.slice(2_000, 4_400), records.slice(4_400)]
      .map((some) => JSON.stringify({ Records: some }))
      .join(""),
    0,
    2,
  ],
])("of standard input, %s is cut where it may be", async (_, text, broken, blocks) => {
  expect(text.length).toBeGreaterThan(17 * 1_048_576);
  expect(await read(streamSource("in", chunks(text)))).toEqual([5_000, broken, blocks]);
});

test("a large file over many lines is read whole", async () => {
  const large = [laidOut, laidOut, laidOut, laidOut].join("\n");
  expect(large.length).toBeGreaterThan(64 * 1_048_576);
  const path = await put("large.json", large);
  expect(await read(fileSource(path, {}))).toEqual([20_000, 0, 1]);
  const lines = inOneLine.join("\n");
  const ofLines = await put("lines.json", [lines, lines, lines, lines].join("\n"));
  const [events, rejected, blocks] = await read(fileSource(ofLines, {}));
  expect([events, rejected]).toEqual([20_000, 0]);
  expect(blocks).toBeGreaterThan(3);
});
