import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Snapshot } from "../core/snapshot.ts";
import { writeFileAtomically } from "./atomic-file.ts";
import { readSnapshotFile, writeSnapshotFile } from "./snapshot-file.ts";

const snapshot = { schemaVersion: 1, organization: { id: "o-abcdefghij" } } as unknown as Snapshot;

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "orgrail-store-"));
  path = join(directory, "snapshot.json");
});
afterEach(() => rm(directory, { recursive: true }));

describe("snapshot file", () => {
  it("gives back what was saved, to its owner only", async () => {
    await writeSnapshotFile(path, snapshot);
    expect(await readSnapshotFile(path)).toEqual(snapshot);
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect(await readdir(directory)).toEqual(["snapshot.json"]);
  });

  it.each<[string, (text: string) => string, string, string?]>([
    ["empty", () => "", "it is no JSON, but empty"],
    ["cut off", (text) => text.slice(0, 40), "it is no JSON"],
    ["changed", (text) => text.replace("o-abcdefghij", "o-zzzzzzzzzz"), "was changed"],
    [
      "of a later version",
      (text) => text.replace('"schemaVersion": 1', '"schemaVersion": 2'),
      "format 2",
      "a newer orgrail",
    ],
    ["something else", () => "[1]", "is no snapshot of orgrail"],
  ])("is refused when it is %s", async (_, damage, message, hint = "orgrail snapshot") => {
    await writeSnapshotFile(path, snapshot);
    await writeFile(path, damage(await readFile(path, "utf8")));
    await expect(readSnapshotFile(path)).rejects.toMatchObject({
      code: "ORGRAIL4204",
      exit: "usage",
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    });
  });

  it("that is not there is said not to be", async () => {
    await expect(readSnapshotFile(path)).rejects.toMatchObject({
      code: "ORGRAIL4202",
      message: expect.stringContaining("there is no such file"),
    });
  });
});

describe("writeFileAtomically", () => {
  it("leaves the old file whole when the new one cannot be written", async () => {
    await expect(writeFileAtomically(directory, "x")).rejects.toMatchObject({
      code: "ORGRAIL4201",
    });
    expect(await readdir(directory)).toEqual([]);
  });
});
