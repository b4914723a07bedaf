import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readEvents } from "../read/read-events.ts";
import { logFile, sampleEvent, trailPath } from "../test-support/sample-events.ts";
import { fileSource } from "./file-source.ts";
import type { LogSelection, LogSource } from "./log-source.ts";

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
