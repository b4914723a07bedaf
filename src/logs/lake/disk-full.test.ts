import fs from "node:fs";
import promises, { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { AppError } from "../../core/app-error.ts";
import { readFirstColumn } from "../parquet/read-first-column.ts";
import { fileSource } from "../source/file-source.ts";
import { logFile, sampleEvent, trailPath } from "../test-support/sample-events.ts";
import { type IngestReport, ingest } from "./ingest.ts";
import { openLake, openWritableLake } from "./lake.ts";

/** Writes that are still let through while the disk is full; none count when it is not. */
const disk = { isFull: false, left: 0 };

/** A function of the file system that fails when there is no room. */
function limited<T extends (...words: never[]) => unknown>(write: T): T {
  return ((...words: Parameters<T>) => {
    if (disk.isFull && disk.left-- <= 0) {
      throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    }
    return write(...words);
  }) as T;
}

function later<T extends (...words: never[]) => Promise<unknown>>(write: T): T {
  const tried = limited(write);
  return (async (...words: Parameters<T>) => tried(...words)) as unknown as T;
}

const real = {
  fs: {
    mkdirSync: fs.mkdirSync,
    renameSync: fs.renameSync,
    writeFileSync: fs.writeFileSync,
  },
  promises: {
    appendFile: promises.appendFile,
    mkdir: promises.mkdir,
    rename: promises.rename,
    writeFile: promises.writeFile,
  },
};

// Modules of other test files are loaded already: what Node.js itself exports has to change.
beforeAll(() => {
  Object.assign(fs, {
    mkdirSync: limited(real.fs.mkdirSync as never),
    renameSync: limited(real.fs.renameSync),
    writeFileSync: limited(real.fs.writeFileSync),
  });
  Object.assign(promises, {
    appendFile: later(real.promises.appendFile as never),
    mkdir: later(real.promises.mkdir as never),
    rename: later(real.promises.rename as never),
    writeFile: later(real.promises.writeFile as never),
  });
  syncBuiltinESMExports();
});

afterAll(() => {
  Object.assign(fs, real.fs);
  Object.assign(promises, real.promises);
  syncBuiltinESMExports();
});

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-disk-"));
  for (const [number, day] of ["2026-08-01", "2026-08-02"].entries()) {
    const path = join(folder, "logs", trailPath("111122223333", "eu-west-1", day, "a"));
    const broken = JSON.stringify(sampleEvent(number + 5)).replace('"eventID":', "oops");
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, logFile([sampleEvent(number + 1)]));
    await writeFile(path.replace("_a.json.gz", "_b.json.gz"), `{"Records":[${broken}]}`);
  }
});

afterEach(async () => {
  disk.isFull = false;
  await rm(folder, { recursive: true });
});

async function take(): Promise<IngestReport> {
  const lake = await openWritableLake(join(folder, "lake"), async () => ({
    release: async () => undefined,
  }));
  return ingest(lake, fileSource(join(folder, "logs"), {}), { threads: 0 });
}

async function idsOfLake(): Promise<readonly string[]> {
  const lake = await openLake(join(folder, "lake"));
  const ids: string[] = [];
  for await (const { events } of lake.commits()) {
    for (const { path } of events) {
      const found = readFirstColumn(join(lake.folder, path));
      ids.push(...found.map((id) => Buffer.from(id).toString()));
    }
  }
  return ids.sort();
}

test("a disk that is full at any write is told; with room again nothing is lost or doubled", async () => {
  let failures = 0;
  for (let writes = 0; ; writes++) {
    await rm(join(folder, "lake"), { recursive: true, force: true });
    disk.isFull = true;
    disk.left = writes;
    const outcome = await take().catch((error: unknown) => error);
    disk.isFull = false;
    if (!(outcome instanceof Error)) break;
    failures += 1;
    expect(outcome).toBeInstanceOf(AppError);
    expect(outcome.message).toMatch(/^cannot (write|make)/);
    const report = await take();
    expect(await idsOfLake()).toEqual([1, 2].map((number) => sampleEvent(number).eventID));
    expect(report.counts.rejected + report.known).toBeGreaterThanOrEqual(2);
    expect(await readdir(join(folder, "lake", "rejected"))).toHaveLength(1);
  }
  // Folders, the marker, files, the list of places, moves and the commit.
  expect(failures).toBeGreaterThan(10);
});
