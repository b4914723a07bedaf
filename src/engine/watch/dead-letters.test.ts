import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openDeadLetters } from "./dead-letters.ts";
import { watchClock } from "./test-support/watch-bench.ts";

const disk = vi.hoisted(() => ({ isFull: false }));
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  return {
    ...real,
    open: async (...args: Parameters<typeof real.open>) => {
      const file = await real.open(...args);
      if (disk.isFull && String(args[0]).includes(".json")) {
        file.writeFile = () =>
          Promise.reject(Object.assign(new Error("write"), { code: "ENOSPC" }));
      }
      return file;
    },
  };
});

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-letters-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("a full disk leaves no part of a letter, and takes it when there is room", async () => {
  const letters = await openDeadLetters(folder, watchClock());
  const letter = { from: "queue", subject: "m1", reason: "it is no JSON", raw: "{" };
  disk.isFull = true;
  await expect(letters.keep(letter)).rejects.toThrow("the disk is full");
  expect(await readdir(folder)).toEqual([]);
  disk.isFull = false;
  await letters.keep(letter);
  expect(await readdir(folder)).toHaveLength(2);
});
