import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cliHost } from "../../../test/support/cli-host.ts";
import type { CloudTrailEvent } from "../../core/event.ts";
import { logFile, sampleEvent } from "../../logs/test-support/sample-events.ts";
import { writeSnapshotFile } from "../../store/snapshot-file.ts";
import {
  accounts,
  organizationTrail,
  trailFacts,
  trailsSnapshot,
} from "../../trails/test-trails.ts";
import type { EventCounts } from "../../trails/usage.ts";
import { main } from "../main.ts";
import { countEvents } from "./count-events.ts";

const nowMs = Date.UTC(2026, 0, 1);
const dayMs = 86_400_000;
const signal = new AbortController().signal;
let folder = "";

/** Events of forty days that differ in all that the count looks at; without chance. */
const events: readonly CloudTrailEvent[] = Array.from({ length: 480 }, (_, number) => {
  const of = <T>(list: readonly T[], step: number): T =>
    list[Math.floor(number / step) % list.length] as T;
  const { managementEvent: _m, eventCategory: _c, readOnly: _r, ...event } = sampleEvent(number);
  const isManagement = of([true, true, true, false, undefined], 1);
  const category = of(["Management", "Management", "Data", undefined], 7);
  const readOnly = of([true, false, undefined], 2);
  return {
    ...event,
    eventTime: `${new Date(nowMs - (number % 40) * dayMs - 3_600_000).toISOString().slice(0, 19)}Z`,
    recipientAccountId: of([accounts.Shop, accounts.Dev], 3),
    awsRegion: of(["eu-central-1", "us-east-1"], 5),
    eventSource: of(["ec2.amazonaws.com", "kms.amazonaws.com", "s3.amazonaws.com"], 11),
    ...(isManagement === undefined ? {} : { managementEvent: isManagement }),
    ...(category === undefined ? {} : { eventCategory: category }),
    ...(readOnly === undefined ? {} : { readOnly }),
  };
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-count-"));
  // A second trail brings a third of them once more.
  await writeFile(join(folder, "one.json.gz"), logFile(events));
  await writeFile(join(folder, "two.json.gz"), logFile(events.filter((_, at) => at % 3 === 0)));
  const host = cliHost({ cwd: folder });
  const exit = await main(["logs", "ingest", "one.json.gz", "two.json.gz", "--lake", "lake"], host);
  expect({ exit, err: host.err() }).toMatchObject({ exit: 0 });
});
afterAll(() => rm(folder, { recursive: true }));

/** The same, counted as one would by hand. */
function expected(): EventCounts["lines"] {
  const counts = new Map<string, number>();
  for (const event of events) {
    if (Date.parse(event.eventTime ?? "") < nowMs - 30 * dayMs) continue;
    const isManagement =
      event.managementEvent ?? (event.eventCategory ?? "Management") === "Management";
    if (!isManagement) continue;
    const { recipientAccountId: account, awsRegion, eventSource } = event;
    const key = [account, awsRegion, event.readOnly === true ? "read" : "write", eventSource];
    counts.set(key.join(" "), (counts.get(key.join(" ")) ?? 0) + 1);
  }
  return [...counts].map(([key, found]) => {
    const [account = "", region = "", access = "", source = ""] = key.split(" ");
    return { account, region, access: access as "read" | "write", source, events: found };
  });
}

const sorted = (lines: EventCounts["lines"]): readonly string[] =>
  lines.map((line) => JSON.stringify(line)).toSorted();

test("counts what trails brought, once, by account, Region, access and source", async () => {
  const found = await countEvents(join(folder, "lake"), nowMs, signal);
  expect(found?.days).toBeGreaterThanOrEqual(29);
  expect(found?.days).toBeLessThanOrEqual(31);
  const wanted = sorted(expected());
  expect(wanted.length).toBeGreaterThan(15);
  expect(sorted(found?.lines ?? [])).toEqual(wanted);
});

test("knows nothing where the last month has no events", async () => {
  expect(await countEvents(join(folder, "lake"), nowMs + 100 * dayMs, signal)).toBeUndefined();
});

test("is what `trails --lake` estimates by, where there is no bill", async () => {
  const snapshot = trailsSnapshot({
    trails: [organizationTrail()],
    local: {
      [accounts.Logs]: [],
      [accounts.Dev]: [],
      [accounts.Shop]: [trailFacts("own", "Shop")],
    },
    usage: null,
  });
  await writeSnapshotFile(join(folder, "snapshot.json"), snapshot);
  const host = cliHost({ cwd: folder });
  const words = ["trails", "--snapshot", "snapshot.json", "--lake", "lake", "--json"];
  expect(await main(words, host)).toBe(0);
  const { result } = JSON.parse(host.out());
  const [{ money }] = result.groups;
  const found = await countEvents(join(folder, "lake"), nowMs, signal);
  const ofShop = (found?.lines ?? [])
    .filter(({ account, region }) => account === accounts.Shop && region === "eu-central-1")
    .reduce((sum, line) => sum + line.events, 0);
  expect(ofShop).toBeGreaterThan(20);
  expect(money).toMatchObject({ source: "estimate", check: "unchecked" });
  expect(money.basis).toContain(`events of ${found?.days} days in logs, scaled to 30 days`);
  // Two dollars for 100,000 events of a further copy.
  expect(money.amount).toBeCloseTo(((ofShop * 30) / (found?.days ?? 0)) * 0.00002, 6);
});
