import { describe, expect, test } from "vitest";
import type { Gap } from "../../core/read.ts";
import { createDetector } from "../../detect/create-detector.ts";
import { exampleFacts } from "../../detect/example/facts.ts";
import { detectRules } from "../../detect/registry.gen.ts";
import { readObjectName } from "../../logs/read/log-object.ts";
import type { LogSource } from "../../logs/source/log-source.ts";
import type { DeadLetter, DeadLetters } from "./dead-letters.ts";
import type { Delivery } from "./intake.ts";
import { createMetrics } from "./metrics.ts";
import { objectReader } from "./object-reader.ts";
import { pollIntake } from "./poll-intake.ts";
import { type SourceProgress, sourceProgress } from "./source-progress.ts";
import { watchClock } from "./test-support/watch-bench.ts";
import { watchLog } from "./watch-log.ts";

const today = Date.UTC(2026, 10, 2, 12);
const base = "AWSLogs/o-abc1234567";

function key(account: string, region: string, day: string, name: string): string {
  const stamp = day.replaceAll("-", "");
  const file = `${account}_CloudTrail_${region}_${stamp}T1200Z_${name}.json`;
  return `${base}/${account}/CloudTrail/${region}/${day.replaceAll("-", "/")}/${file}`;
}

const log = (...ids: readonly string[]): string =>
  JSON.stringify({
    Records: ids.map((eventID) => ({
      eventVersion: "1.11",
      eventSource: "organizations.amazonaws.com",
      eventName: "DeletePolicy",
      eventID,
    })),
  });

/** A bucket in memory; prefixes that are `denied` cannot be listed, keys that are cannot be read. */
function bucket(objects: Map<string, string>, denied: Set<string>) {
  const gaps: Gap[] = [];
  const listed: string[] = [];
  const isDenied = (prefix: string): boolean => {
    listed.push(prefix);
    if (!denied.has(prefix)) return false;
    gaps.push({
      kind: "access-denied",
      operation: "s3:ListObjectsV2",
      subject: prefix,
      message: "no",
    });
    return true;
  };
  const object = (name: string) => ({
    name,
    size: objects.get(name)?.length ?? 0,
    tag: "t",
    ...readObjectName(name),
  });
  const below = (folder: string): string[] =>
    [...objects.keys()].filter((name) => name.startsWith(folder)).sort();
  const source: LogSource = {
    name: "s3://trail/AWSLogs/",
    isLasting: true,
    gaps,
    takeGaps: () => gaps.splice(0),
    groups: async function* () {},
    read: async ({ name }) => {
      if (denied.has(name)) throw Object.assign(new Error("denied"), { kind: "access-denied" });
      return new Uint8Array(Buffer.from(objects.get(name) ?? ""));
    },
    digests: async () => ({
      folder: "AWSLogs/",
      fetch: async () => undefined,
      tree: {
        listAll: async (folder) => (isDenied(folder) ? [] : below(folder).map(object)),
        list: async (folder) => {
          if (isDenied(folder)) return { folders: [], objects: [] };
          const rest = below(folder).map((name) => name.slice(folder.length));
          return {
            folders: [
              ...new Set(
                rest.flatMap((name) => (name.includes("/") ? [name.split("/")[0] ?? ""] : [])),
              ),
            ],
            objects: rest
              .filter((name) => !name.includes("/"))
              .map((name) => object(folder + name)),
          };
        },
      },
    }),
  };
  return { source, listed };
}

interface Looked {
  readonly ids: string[];
  readonly letters: DeadLetter[];
  readonly problem: string | undefined;
}

/** Looks once, as a watcher that was started would, and commits what comes. */
async function look(
  source: LogSource,
  progress: SourceProgress,
  options: { readonly from?: string; readonly nowMs?: number; readonly full?: boolean } = {},
): Promise<Looked> {
  const clock = watchClock(options.nowMs ?? today);
  const metrics = createMetrics();
  const quiet = watchLog(clock, () => undefined, "json");
  const letters: DeadLetter[] = [];
  const deadLetters: DeadLetters = {
    keep: async (letter) => {
      if (options.full === true) throw new Error("the folder is full");
      letters.push(letter);
    },
  };
  const { names, marks } = createDetector({ rules: detectRules, facts: exampleFacts() });
  const intake = pollIntake({
    source,
    progress,
    reader: objectReader({ from: source.name, names, marks, deadLetters, log: quiet, metrics }),
    from: options.from,
    settleMs: 0,
    everyMs: 1_000,
    placesEveryMs: 0,
    clock,
    log: quiet,
    metrics,
    once: true,
  });
  const ids: string[] = [];
  const take = async ({ events, records = [], committed }: Delivery): Promise<void> => {
    ids.push(...events.map(({ eventID = "" }) => eventID));
    for (const record of records) progress.apply(record);
    committed?.();
  };
  await intake.run(take, new AbortController().signal);
  return { ids, letters, problem: intake.problem() };
}

const first = "111111111111";
const second = "222222222222";

const day = 86_400_000;

describe("a bucket that is looked at", () => {
  const objects = () =>
    new Map([
      [key(first, "eu-west-1", "2026-10-30", "a"), log("old")],
      [key(first, "eu-west-1", "2026-11-01", "b"), log("yesterday")],
      [key(first, "eu-west-1", "2026-11-02", "c"), log("today")],
      [key(second, "us-east-1", "2026-11-02", "d"), log("other")],
      [`${base}/${first}/CloudTrail-Digest/eu-west-1/2026/11/02/x.json`, "{}"],
    ]);

  test("gives each object once, from the day on that was asked for", async () => {
    const all = objects();
    const { source } = bucket(all, new Set());
    const progress = sourceProgress();
    const once = await look(source, progress, { from: "2026-11-01" });
    expect(once.ids.sort()).toEqual(["other", "today", "yesterday"]);
    expect((await look(source, progress, { from: "2026-11-01" })).ids).toEqual([]);
    all.set(key(first, "eu-west-1", "2026-11-02", "late"), log("late"));
    // As if it had been started again, with what was written down.
    const again = sourceProgress(progress.state());
    expect((await look(source, again, { from: "2026-11-02" })).ids).toEqual(["late"]);
  });

  test("is caught up with after days, and then only today is listed", async () => {
    const all = objects();
    const { source, listed } = bucket(all, new Set());
    const progress = sourceProgress();
    await look(source, progress, { from: "2026-11-01" });
    all.set(key(first, "eu-west-1", "2026-11-03", "e"), log("third"));
    all.set(key(first, "eu-west-1", "2026-11-05", "f"), log("fifth"));
    const later = { nowMs: today + 3 * 86_400_000 };
    expect((await look(source, progress, later)).ids).toEqual(["third", "fifth"]);
    listed.length = 0;
    await look(source, progress, later);
    expect(listed.filter((prefix) => /\d{2}\/\d{2}\/$/.test(prefix))).toEqual([
      `${base}/${first}/CloudTrail/eu-west-1/2026/11/05/`,
      `${base}/${second}/CloudTrail/us-east-1/2026/11/05/`,
    ]);
  });

  test("is read where it may be; what was denied for days is read when it is not any more", async () => {
    const all = objects();
    const place = `${base}/${first}/CloudTrail/eu-west-1/`;
    const denied = new Set([place, `${place}2026/11/02/`]);
    const { source } = bucket(all, denied);
    const progress = sourceProgress();
    const half = await look(source, progress, { from: "2026-11-01" });
    expect(half.ids).toEqual(["other"]);
    expect(half.problem).toContain("no");
    denied.clear();
    const later = { nowMs: today + 5 * 86_400_000, from: "2026-11-01" };
    const rest = await look(source, progress, later);
    expect(rest.ids).toEqual(["yesterday", "today"]);
    expect(rest.problem).toBeUndefined();
  });

  test("a place that is new, or opened, after days without a watcher is read from the first start on", async () => {
    const all = objects();
    const denied = new Set([`${base}/${second}/CloudTrail/us-east-1/`]);
    const { source } = bucket(all, denied);
    const progress = sourceProgress();
    const { ids } = await look(source, progress, { from: "2026-11-02" });
    expect(ids).toEqual(["today"]);
    denied.clear();
    all.set(key("333333333333", "us-east-1", "2026-11-01", "g"), log("before"));
    all.set(key("333333333333", "us-east-1", "2026-11-03", "h"), log("new"));
    const later = { nowMs: today + 3 * day, from: "2026-11-05" };
    const again = await look(source, sourceProgress(progress.state()), later);
    // The day before the last one that was read is looked through again.
    expect(again.ids.sort()).toEqual(["new", "other", "yesterday"]);
  });

  test("an object that cannot be read is read later, whatever the days between", async () => {
    const all = objects();
    const lost = key(first, "eu-west-1", "2026-11-01", "b");
    const denied = new Set([lost]);
    const { source } = bucket(all, denied);
    const progress = sourceProgress();
    expect((await look(source, progress, { from: "2026-11-01" })).ids.sort()).toEqual([
      "other",
      "today",
    ]);
    denied.clear();
    const later = { nowMs: today + 4 * 86_400_000, from: "2026-11-01" };
    expect((await look(source, progress, later)).ids).toEqual(["yesterday"]);
  });

  test.each([
    ["a moment before midnight", today + day / 2 + 30_000, today + day / 2 - 30_000],
    ["weeks", today + 40 * day, today + day],
  ])("a clock that was ahead by %s hides nothing of what comes later", async (_, wrong, right) => {
    const all = objects();
    const { source } = bucket(all, new Set());
    const progress = sourceProgress();
    await look(source, progress, { from: "2026-11-01" });
    await look(source, progress, { nowMs: wrong });
    all.set(key(first, "eu-west-1", "2026-11-02", "m"), log("meanwhile"));
    all.set(key(first, "eu-west-1", "2026-11-03", "n"), log("then"));
    const again = sourceProgress(progress.state());
    const { ids } = await look(source, again, { nowMs: right });
    expect(ids).toEqual(expect.arrayContaining(["meanwhile", "then"]));
    expect((await look(source, again, { nowMs: right })).ids).toEqual([]);
  });

  test("folders of days to come are read, and keep nothing of today from being read", async () => {
    const all = objects();
    all.set(key(first, "eu-west-1", "2031-01-01", "z"), log("to come"));
    const { source } = bucket(all, new Set());
    const progress = sourceProgress();
    const { ids } = await look(source, progress, { from: "2026-11-02" });
    expect(ids.sort()).toEqual(["other", "to come", "today"]);
    all.set(key(first, "eu-west-1", "2026-11-02", "l"), log("late"));
    expect((await look(source, progress, {})).ids).toEqual(["late"]);
  });

  test("what cannot be parsed is kept, the rest is read; a full folder keeps it where it is", async () => {
    const all = new Map([
      [
        key(first, "eu-west-1", "2026-11-02", "a"),
        `${log("good").slice(0, -2)},{"eventVersion":oops}]}`,
      ],
      [key(first, "eu-west-1", "2026-11-02", "b"), `{"Records":[${"x".repeat(100)}`],
    ]);
    const { source } = bucket(all, new Set());
    const progress = sourceProgress();
    const full = await look(source, progress, { full: true });
    expect(full.ids).toEqual([]);
    expect(full.problem).toContain("the folder is full");
    const { ids, letters } = await look(source, progress);
    expect(ids).toEqual(["good"]);
    expect(letters).toHaveLength(2);
    expect(letters[0]).toMatchObject({
      reason: expect.stringContaining("no JSON"),
      raw: expect.any(String),
    });
  });
});
