import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fileSource } from "../source/file-source.ts";
import { logFile, sampleEvent } from "../test-support/sample-events.ts";
import type { UnitCounts } from "./commit.ts";
import { ingest } from "./ingest.ts";
import { openLake, openWritableLake } from "./lake.ts";
import { lakeStatus } from "./lake-status.ts";

let folder = "";
let lake = "";
let logs = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-damaged-"));
  lake = join(folder, "lake");
  logs = join(folder, "log.json.gz");
  await writeFile(logs, logFile([sampleEvent(1), sampleEvent(2)]));
  await take();
});

afterEach(() => rm(folder, { recursive: true }));

async function take(into = lake): Promise<UnitCounts> {
  const opened = await openWritableLake(into, async () => ({ release: async () => undefined }));
  return (await ingest(opened, fileSource(logs, {}), { threads: 0 })).counts;
}

async function events(of = lake): Promise<number> {
  const { accounts } = await lakeStatus(await openLake(of));
  return accounts.reduce((sum, account) => sum + account.events, 0);
}

async function commitPath(): Promise<string> {
  const shard = join(lake, "commits", "unknown", "unknown");
  const [name = ""] = await readdir(shard);
  return join(shard, name);
}

test("what a deleted commit listed is taken in again", async () => {
  const path = await commitPath();
  // The run that made it is not the last one.
  await take();
  await truncate(path, 40);
  await expect(events()).rejects.toThrow("damaged");
  await rm(path);
  expect(await take()).toMatchObject({ events: 2, duplicates: 0 });
  expect(await events()).toBe(2);
  expect(await take()).toMatchObject({ objects: 0 });
});

test("a lake that was copied without its commits keeps its events", async () => {
  const commits = join(lake, "commits");
  // The run that made them is not the last one.
  await take();
  await rename(commits, join(folder, "commits"));
  await expect(take()).rejects.toThrow("none of its commits");
  await rename(join(folder, "commits"), commits);
  expect(await events()).toBe(2);
  expect(await take()).toMatchObject({ objects: 0 });
});

test("a commit whose list of files is damaged is told", async () => {
  const path = await commitPath();
  await truncate(path, (await stat(path)).size - 9);
  await expect(take()).rejects.toMatchObject({ code: "ORGRAIL4311" });
});

test("after a crash a lake may be moved, and a copy takes nothing from the other", async () => {
  const path = await commitPath();
  // As if the copy had been made before the commit.
  const copy = join(folder, "copy");
  await cp(lake, copy, { recursive: true });
  await rm(path.replace(lake, copy));
  await rm(join(copy, "keys"), { recursive: true });
  const moved = join(folder, "moved");
  await rename(copy, moved);
  expect(await take(moved)).toMatchObject({ events: 2, duplicates: 0 });
  expect(await events(moved)).toBe(2);
  const day = join(lake, "events", "account=111122223333", "day=2026-08-01");
  expect(await readdir(day)).toHaveLength(1);
});

test("a file that others put between the folders is passed by", async () => {
  for (const place of ["commits", "keys", "events"]) {
    await writeFile(join(lake, place, ".DS_Store"), "");
  }
  expect(await take()).toMatchObject({ objects: 0 });
  expect(await events()).toBe(2);
});

test("a folder with other things in it does not become a lake", async () => {
  for (const name of ["staging/work", ".gitignore", "README.md"]) {
    const other = join(folder, `other-${name.length}`);
    const path = join(other, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, "mine");
    await expect(take(other)).rejects.toMatchObject({ code: "ORGRAIL4310" });
    expect(await readFile(path, "utf8")).toBe("mine");
  }
  // As a first run leaves it that is interrupted.
  const begun = join(folder, "begun");
  await mkdir(begun);
  await writeFile(join(begun, ".gitignore"), "*\n");
  await writeFile(join(begun, "lake.json.7.tmp"), "");
  expect(await take(begun)).toMatchObject({ events: 2 });
});
