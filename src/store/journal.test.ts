import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Plan } from "../core/plan.ts";
import { createJournal, readJournal, resumeJournal } from "./journal.ts";
import {
  discardJournal,
  findUnfinishedJournals,
  newJournalPath,
  pruneJournals,
} from "./journal-directory.ts";
import { fileStorage, memoryStorage } from "./journal-storage.ts";

const plan: Plan = {
  schemaVersion: 1,
  organizationId: "o-abcdefghij",
  managementAccountId: "111111111111",
  configDigest: "c",
  snapshotTakenAt: "2026-11-01T00:00:00.000Z",
  changes: [],
  ids: { root: "r-abcd" },
  names: {},
  foreign: [],
  unchanged: 0,
  diagnostics: [],
  gaps: [],
};
const at = "2026-11-01T00:00:00.000Z";
const later = "2026-11-01T00:01:00.000Z";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "orgrail-journal-"));
});
afterEach(() => rm(directory, { recursive: true }));

/** Text of a journal with a change that ended and one that was begun. */
async function sample(): Promise<string> {
  const storage = memoryStorage();
  const journal = await createJournal(storage, plan, at);
  await journal.append({ kind: "begin", at, change: "a" });
  await journal.append({ kind: "end", at, change: "a", status: "done", id: "ou-é" });
  await journal.append({ kind: "begin", at: later, change: "b" });
  await journal.append({ kind: "request", at: later, change: "b", id: "car-1" });
  return (await storage.read()) ?? "";
}

describe("journal", () => {
  it("tells what became of each change", async () => {
    const state = await readJournal(memoryStorage(await sample()));
    expect(state.plan).toEqual(plan);
    expect(state.finished).toBe(false);
    expect(Object.fromEntries(state.changes)).toEqual({
      a: { firstBegunAtMs: Date.parse(at), end: { status: "done", id: "ou-é" } },
      b: { firstBegunAtMs: Date.parse(later), request: "car-1" },
    });
  });

  it("keeps the first try's time, and forgets the request of a try that failed", async () => {
    const storage = memoryStorage(await sample());
    const journal = await resumeJournal(storage, later);
    await journal.append({ kind: "end", at: later, change: "b", status: "failed", message: "no" });
    expect((await readJournal(storage)).changes.get("b")).toEqual({
      end: { status: "failed", message: "no" },
    });
    await journal.append({ kind: "begin", at: later, change: "b" });
    expect((await readJournal(storage)).changes.get("b")).toEqual({
      firstBegunAtMs: Date.parse(later),
    });
  });

  it("survives a cut at every byte of its last line, and loses no earlier line", async () => {
    const text = await sample();
    const bytes = Buffer.from(text);
    const lastLine = bytes.lastIndexOf("\n", bytes.length - 2) + 1;
    for (let length = lastLine; length < bytes.length; length++) {
      const storage = memoryStorage(bytes.subarray(0, length).toString());
      const journal = await resumeJournal(storage, later);
      expect(journal.state.changes.get("b")).toEqual({ firstBegunAtMs: Date.parse(later) });
      await journal.append({ kind: "finish", at: later });
      expect((await readJournal(storage)).finished).toBe(true);
    }
  });

  it("refuses a journal that is damaged before its last line, and names the line", async () => {
    const lines = (await sample()).split("\n");
    const damages: [number, (line: string) => string, string][] = [
      [
        1,
        (line) => line.replace('"change":"a"', '"change":"z"'),
        "line 2: its content does not fit",
      ],
      [2, (line) => line.slice(0, 20), "line 3: it is no JSON"],
      [2, () => "{}", "line 3: it is no entry"],
      [0, (line) => line.replace("r-abcd", "r-zzzz"), "line 1: its content does not fit"],
    ];
    for (const [index, damage, message] of damages) {
      const text = lines.map((line, i) => (i === index ? damage(line) : line)).join("\n");
      await expect(resumeJournal(memoryStorage(text), at)).rejects.toMatchObject({
        code: "ORGRAIL4207",
        message: expect.stringContaining(message),
        hint: expect.stringContaining("is not lost"),
      });
    }
    const headless = lines.slice(1).join("\n");
    await expect(readJournal(memoryStorage(headless))).rejects.toThrow(
      "does not begin with a plan",
    );
  });

  it("does not begin over a journal that is there", async () => {
    const storage = memoryStorage(await sample());
    await expect(createJournal(storage, plan, at)).rejects.toMatchObject({ code: "ORGRAIL4206" });
  });
});

describe("journal files", () => {
  it("are found while they are unfinished, newest first, damaged ones too", async () => {
    const paths = [1, 2, 3, 4].map((n) =>
      newJournalPath(directory, plan.organizationId, Date.parse(at) + n * 60_000),
    );
    const [first = "", second = "", third = "", fourth = ""] = paths;
    for (const path of [first, second]) {
      const journal = await createJournal(fileStorage(path), plan, at);
      if (path === second) await journal.append({ kind: "finish", at });
      await journal.close();
    }
    await writeFile(third, "{}\n");
    await writeFile(fourth, '{"sum":"cut off');
    await writeFile(newJournalPath(directory, "o-zzzzzzzzzz", 0), await sample());
    const found = await findUnfinishedJournals(directory, plan.organizationId);
    expect(found.map(({ path }) => path)).toEqual([third, first]);
    expect(found[0]?.error).toMatchObject({ code: "ORGRAIL4207" });
    expect(found[1]?.state?.plan.organizationId).toBe(plan.organizationId);
  });

  it("are kept when they are discarded, and not found any more", async () => {
    const path = newJournalPath(directory, plan.organizationId, 0);
    await (await createJournal(fileStorage(path), plan, at)).close();
    const kept = await discardJournal(path);
    expect(await readFile(kept, "utf8")).toContain(plan.organizationId);
    expect(await findUnfinishedJournals(directory, plan.organizationId)).toEqual([]);
  });

  it("are removed when they are finished, but for the newest; nothing else is", async () => {
    const path = (n: number, organizationId = plan.organizationId): string =>
      newJournalPath(directory, organizationId, Date.parse(at) + n * 60_000);
    const finish = async (file: string): Promise<void> => {
      const journal = await createJournal(fileStorage(file), plan, at);
      await journal.append({ kind: "finish", at });
      await journal.close();
    };
    for (const n of [0, 1, 3, 5, 7]) await finish(path(n));
    await finish(path(0, "o-zzzzzzzzzz"));
    await writeFile(path(2), await sample());
    await writeFile(path(4), "{}\n");
    await writeFile(path(6), '{"sum":"cut off');
    const discarded = await discardJournal(path(0));
    const before = await readdir(directory);

    expect(await pruneJournals(directory, plan.organizationId, 4)).toEqual([]);
    expect(await readdir(directory)).toEqual(before);
    expect(await pruneJournals(directory, plan.organizationId, 2)).toEqual([path(3), path(1)]);
    const kept = [2, 4, 5, 6, 7].map((n) => path(n));
    expect((await readdir(directory)).map((name) => join(directory, name)).sort()).toEqual(
      [...kept, path(0, "o-zzzzzzzzzz"), discarded].sort(),
    );
  });

  it("are none where there is no directory", async () => {
    expect(await findUnfinishedJournals(join(directory, "nowhere"), "o-abcdefghij")).toEqual([]);
    expect(await pruneJournals(join(directory, "nowhere"), "o-abcdefghij")).toEqual([]);
  });

  it("say so when they cannot be written, and take nothing after that", async () => {
    const storage = fileStorage(join(directory, "file", "journal"));
    await writeFile(join(directory, "file"), "in the way");
    await expect(storage.append("x\n")).rejects.toMatchObject({ code: "ORGRAIL4205" });
    await rm(join(directory, "file"));
    await expect(storage.append("x\n")).rejects.toMatchObject({ code: "ORGRAIL4205" });
  });
});
