import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Journal, openJournal } from "./journal.ts";
import type { JournalRecord } from "./journal-records.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-journal-"));
});
afterEach(() => rm(folder, { recursive: true }));

const taken = (n: number): JournalRecord => ({ k: "taken", sink: "s", n });
const finding = (n: number): JournalRecord =>
  ({ k: "finding", n, finding: { id: `f${n}` } }) as unknown as JournalRecord;

async function open(from = 1): Promise<{ journal: Journal; replayed: JournalRecord[] }> {
  const replayed: JournalRecord[] = [];
  const journal = await openJournal(folder, from, (record, isAfter) => {
    if (isAfter) replayed.push(record);
  });
  return { journal, replayed };
}

test("what was appended is replayed, and read in order", async () => {
  const { journal } = await open();
  await Promise.all([1, 2, 3].map((n) => journal.append([finding(n), taken(n)])));
  const { records, next } = await journal.read(undefined, 1_000_000);
  expect(records).toEqual([1, 2, 3].flatMap((n) => [finding(n), taken(n)]));
  expect((await journal.read(next, 1_000_000)).records).toEqual([]);
  await journal.close();
  const again = await open();
  expect(again.replayed).toEqual(records);
  await again.journal.close();
});

test("reading goes on over files, and past those that were dropped", async () => {
  const { journal } = await open();
  const start = (await journal.read(undefined, 100)).next;
  await journal.append([finding(1)]);
  await journal.rotate();
  await journal.append([finding(2)]);
  await journal.rotate();
  await journal.append([finding(3)]);
  await journal.drop(3, 1);
  const read: JournalRecord[] = [];
  let place = start;
  for (let turn = 0; turn < 5; turn++) {
    const { records, next } = await journal.read(place, 10);
    read.push(...records);
    place = next;
  }
  expect(read).toEqual([finding(2), finding(3)]);
  await journal.close();
  const again = await open(3);
  expect(again.replayed).toEqual([finding(3)]);
  await again.journal.close();
});

test.each(['{"k":"taken","sink":"s"', "{", '{"k":"taken"}\n{"k":"fin', "\u0000\u0000\u0000"])(
  "half a line at the end is cut off: %j",
  async (half) => {
    const { journal } = await open();
    await journal.append([finding(1)]);
    await journal.close();
    const path = join(folder, "00000001.ndjson");
    await appendFile(path, half);
    const again = await open();
    await again.journal.append([taken(1)]);
    await again.journal.close();
    const text = await readFile(path, "utf8");
    expect(text.endsWith(`${JSON.stringify(taken(1))}\n`)).toBe(true);
    expect(
      text
        .split("\n")
        .slice(0, -1)
        .every((line) => JSON.parse(line) !== null),
    ).toBe(true);
  },
);

test("damage elsewhere is said, with the place", async () => {
  await writeFile(join(folder, "00000001.ndjson"), `x\n${JSON.stringify(taken(1))}\n`);
  await expect(open()).rejects.toThrow("is damaged after byte 0");
});
