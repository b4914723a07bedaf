import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deadLetterLimits, openDeadLetters } from "./dead-letters.ts";
import { watchClock } from "./test-support/watch-bench.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-letters-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("a full disk leaves no part of a letter, and takes it when there is room", async () => {
  let isFull = true;
  const write = async (path: string, content: string | Uint8Array): Promise<void> => {
    const isCutOff = isFull && path.endsWith(".json");
    await writeFile(isCutOff ? `${path}.tmp` : path, isCutOff ? "" : content);
    if (isCutOff) throw Object.assign(new Error("write"), { code: "ENOSPC" });
  };
  const letters = await openDeadLetters(folder, watchClock(), deadLetterLimits, write);
  const letter = { from: "queue", subject: "m1", reason: "it is no JSON", raw: "{" };
  await expect(letters.keep(letter)).rejects.toThrow("the disk is full");
  expect(await readdir(folder)).toEqual([]);
  isFull = false;
  await letters.keep(letter);
  expect(await readdir(folder)).toHaveLength(2);
});
