import { readdirSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { CloudTrailEvent } from "../../core/event.ts";
import { callers, example, organizationCall, signIn } from "../../detect/example/event.ts";
import { renderFindingsJsonLines } from "../../report/findings-json-lines.ts";
import type { Take } from "./intake.ts";
import { writeDurably } from "./segment-file.ts";
import { streamSink } from "./sinks/stream-sink.ts";
import {
  keepingSink,
  listIntake,
  until,
  type WatchBench,
  watchBench,
} from "./test-support/watch-bench.ts";

let open: WatchBench[] = [];
async function bench(): Promise<WatchBench> {
  const made = await watchBench();
  open.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(open.map((one) => one.remove()));
  open = [];
});

function detach(id: string, more: Partial<CloudTrailEvent> = {}): CloudTrailEvent {
  const request = { policyId: example.otherPolicy, targetId: example.root };
  return { ...organizationCall("DetachPolicy", request, more), eventID: id };
}

function guess(minute: number): CloudTrailEvent {
  const eventTime = new Date(Date.UTC(2026, 10, 2, 10, minute)).toISOString();
  return { ...signIn(callers.root, "Failure", { eventTime }), eventID: `guess-${minute}` };
}

describe("a watcher", () => {
  test("hands findings over once, whatever comes again, also after a restart", async () => {
    const here = await bench();
    const first = keepingSink();
    const report = await here.run({
      sources: [listIntake([{ events: [detach("a"), detach("b")] }, { events: [detach("a")] }])],
      sinks: [{ sink: first, severity: "info" }],
    });
    expect(first.ids).toHaveLength(2);
    expect(report).toMatchObject({ events: 3, findings: 2, kept: {} });
    const second = keepingSink();
    await here.run({
      sources: [listIntake([{ events: [detach("b"), detach("c")] }])],
      sinks: [{ sink: second, severity: "info" }],
    });
    expect(second.findings.map(({ evidence }) => evidence[0]?.source)).toEqual(["c"]);
  });

  test("keeps findings for a sink that is down, and hands them over after a crash", async () => {
    const here = await bench();
    const down = keepingSink("pager", "no route");
    const up = keepingSink("file");
    let left: WatchBench | undefined;
    const end = new AbortController();
    const report = await here.run({
      signal: end.signal,
      graceMs: 50,
      sources: [
        listIntake([{ events: [detach("a")] }, { events: [detach("b")] }], async () => {
          await until(() => up.ids.length === 2);
          left = await here.crashed();
          end.abort();
        }),
      ],
      sinks: [
        { sink: down, severity: "info" },
        { sink: up, severity: "info" },
      ],
    });
    expect(report.kept).toEqual({ pager: 2 });
    if (left === undefined) throw new Error("nothing was left");
    open.push(left);
    down.failing = "";
    const again = keepingSink("file");
    await left.run({
      sources: [listIntake([{ events: [detach("a")] }])],
      sinks: [
        { sink: down, severity: "info" },
        { sink: again, severity: "info" },
      ],
    });
    expect(down.ids.length).toBeGreaterThanOrEqual(2);
    expect(new Set(down.ids)).toEqual(new Set(up.ids));
    expect(again.ids).toEqual([]);
  });

  test("repeats a delivery as it was after a crash, whatever was found meanwhile", async () => {
    const here = await bench();
    let left: WatchBench | undefined;
    let isBoth = false;
    const deliveries: number[] = [];
    const sink = {
      ...keepingSink(),
      knowsDeliveries: true,
      deliver: async (findings: readonly unknown[]) => {
        if (left === undefined) {
          await until(() => isBoth);
          left = await here.crashed();
          deliveries.length = 0;
        } else deliveries.push(findings.length);
        return [];
      },
    };
    const sinks = [{ sink, severity: "info" as const }];
    await here.run({
      sources: [
        listIntake([{ events: [detach("a"), detach("b")] }], async (take) => {
          await committed(take);
          await take({ source: "list", receivedAtMs: 0, seen: 1, events: [detach("c")] });
          await committed(take);
          isBoth = true;
        }),
      ],
      sinks,
    });
    if (left === undefined) throw new Error("nothing was left");
    open.push(left);
    deliveries.length = 0;
    await left.run({ sources: [listIntake([])], sinks });
    expect(deliveries).toEqual([2, 1]);
  });

  test("counts on after a crash: a threshold is reached by what came before and after it", async () => {
    const here = await bench();
    const sink = keepingSink();
    const wanted = [{ sink, severity: "info" as const }];
    let left: WatchBench | undefined;
    await here.run({
      sources: [
        listIntake([{ events: [guess(0), guess(1)] }, { events: [guess(2)] }], async (take) => {
          await committed(take);
          left = await here.crashed();
        }),
      ],
      sinks: wanted,
    });
    if (left === undefined) throw new Error("nothing was left");
    open.push(left);
    expect(sink.ids).toEqual([]);
    await left.run({
      sources: [listIntake([{ events: [guess(3), guess(3)] }, { events: [guess(4)] }])],
      sinks: wanted,
    });
    expect(sink.findings.map(({ rule }) => rule)).toEqual(["signin/root-login-failures"]);
    // What was said is not said again when the burst goes on.
    await left.run({ sources: [listIntake([{ events: [guess(5)] }])], sinks: wanted });
    expect(sink.ids).toHaveLength(1);
  });

  test("reads nothing more while the disk is full, and loses nothing of it", async () => {
    const here = await bench();
    const sink = keepingSink();
    let failures = 3;
    let done = 0;
    await here.run({
      sources: [
        listIntake([
          { events: [detach("a")], committed: () => (done += 1) },
          { events: [detach("b")], committed: () => (done += 1) },
        ]),
      ],
      sinks: [{ sink, severity: "info" }],
      write: async (file, text) => {
        if (text.includes('"finding"') && failures > 0) {
          failures -= 1;
          // Half of it is written, as on a disk that is full.
          await file.appendFile(text.slice(0, text.length / 2));
          throw Object.assign(new Error("write"), { code: "ENOSPC" });
        }
        await writeDurably(file, text);
      },
    });
    expect(here.lines.join("\n")).toContain("the disk is full");
    expect(done).toBe(2);
    expect(sink.ids).toHaveLength(2);
    const again = keepingSink();
    await here.run({
      sources: [listIntake([{ events: [detach("a"), detach("b")] }])],
      sinks: [{ sink: again, severity: "info" }],
    });
    expect(again.ids).toEqual([]);
  });

  test("stops reading when too much waits for a sink, and goes on when it has taken it", async () => {
    const here = await bench();
    const sink = keepingSink("slow", "busy");
    const end = new AbortController();
    let taken = 0;
    const running = here.run({
      signal: end.signal,
      limits: { spoolBytes: 10_000, segmentBytes: 2_000, inFlight: 2 },
      sources: [
        listIntake([], async (take, signal) => {
          for (let number = 0; number < 25 && !signal.aborted; number++) {
            await take({
              source: "list",
              receivedAtMs: 0,
              seen: 1,
              events: [detach(`e${number}`)],
            });
            taken += 1;
          }
        }),
      ],
      sinks: [{ sink, severity: "info" }],
    });
    await until(() => here.lines.some((line) => line.includes("reading stops")));
    expect(taken).toBeLessThan(20);
    sink.failing = "";
    const report = await running;
    expect(taken).toBe(25);
    expect(sink.ids).toHaveLength(25);
    expect(report.kept).toEqual({});
    // What was taken is not kept for ever.
    expect((await readdir(join(here.folder, "journal"))).length).toBeLessThan(4);
  });

  test("counts what is on its way to the disk, too, when it stops reading", async () => {
    const here = await bench();
    const sink = keepingSink("slack", "busy");
    let taken = 0;
    const running = here.run({
      limits: { spoolBytes: 20_000 },
      sources: [
        listIntake([], async (take) => {
          const one = { source: "list", receivedAtMs: 0, seen: 1 };
          for (let number = 0; number < 60; number++) {
            await take({ ...one, events: [detach(`q${number}`)] });
            taken += 1;
          }
        }),
      ],
      sinks: [{ sink, severity: "info" }],
    });
    await until(() => here.lines.some((line) => line.includes("reading stops")));
    expect(taken).toBeLessThan(30);
    sink.failing = "";
    await running;
    expect(sink.ids).toHaveLength(60);
  });

  test("makes room when sinks have taken what there was, though nothing more comes", async () => {
    const here = await bench();
    const sink = keepingSink("slack", "busy");
    const bytes = (): number => {
      const folder = join(here.folder, "journal");
      return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    };
    const events = Array.from({ length: 30 }, (_, number) => detach(`r${number}`));
    const end = new AbortController();
    await here.run({
      signal: end.signal,
      graceMs: 50,
      sources: [listIntake([{ events }], async () => end.abort())],
      sinks: [{ sink, severity: "info" }],
    });
    expect(bytes()).toBeGreaterThan(10_000);
    sink.failing = "";
    const looked = async (): Promise<void> => until(() => bytes() < 10_000);
    await here.run({
      limits: { spoolBytes: 10_000 },
      sources: [listIntake([], looked)],
      sinks: [{ sink, severity: "info" }],
    });
    expect(sink.ids).toHaveLength(30);
  });

  test("goes on with a spool that is smaller than a file of the journal", async () => {
    const here = await bench();
    const sink = keepingSink();
    const events = Array.from({ length: 30 }, (_, number) => ({ events: [detach(`s${number}`)] }));
    const report = await here.run({
      limits: { spoolBytes: 10_000, inFlight: 2 },
      sources: [listIntake(events)],
      sinks: [{ sink, severity: "info" }],
    });
    expect(sink.ids).toHaveLength(30);
    expect(report.kept).toEqual({});
  });

  test("says what is odd about events, and judges them", async () => {
    const here = await bench();
    const sink = keepingSink();
    await here.run({
      sources: [
        listIntake([
          {
            events: [
              detach("v", { eventVersion: "9.0" }),
              detach("f", { eventTime: "2031-01-01T00:00:00Z" }),
              detach("o", { recipientAccountId: "999999999999" }),
              detach("n", { userIdentity: undefined } as object),
            ],
          },
        ]),
      ],
      sinks: [{ sink, severity: "info" }],
    });
    expect(sink.ids).toHaveLength(4);
    const said = here.lines.join("\n");
    expect(said).toContain("unknown version");
    expect(said).toContain("a clock is wrong");
    expect(said).toContain("outside of the organization");
  });

  test("gives each sink what is bad enough for it, and keeps what it refuses", async () => {
    const here = await bench();
    const calm = keepingSink("calm");
    const strict = keepingSink("strict");
    const refusing = {
      ...strict,
      deliver: async (findings: readonly { readonly id: string }[]) =>
        findings.map(({ id }) => ({ id, reason: "not like this" })),
    };
    const moved = organizationCall("EnableAllFeatures", null);
    await here.run({
      sources: [listIntake([{ events: [detach("a"), { ...moved, eventID: "i" }] }])],
      sinks: [
        { sink: calm, severity: "critical" },
        { sink: refusing, severity: "critical" },
      ],
    });
    expect(calm.findings.map(({ severity }) => severity)).toEqual(["critical"]);
    const letters = await readdir(join(here.folder, "dead-letters"));
    expect(letters.filter((name) => name.endsWith(".json"))).toHaveLength(1);
  });

  test("ends when nobody reads its output any more, and keeps what it found", async () => {
    const here = await bench();
    const closed = streamSink("stdout", renderFindingsJsonLines, async () => false);
    const waits = listIntake([{ events: [detach("a")] }], async (_take, signal) => {
      await until(() => signal.aborted);
    });
    await expect(
      here.run({ sources: [waits], sinks: [{ sink: closed, severity: "info" }] }),
    ).rejects.toThrow("standard output is closed");
    const said: string[] = [];
    const open = streamSink("stdout", renderFindingsJsonLines, async (text) => {
      said.push(text);
      return true;
    });
    await here.run({ sources: [listIntake([])], sinks: [{ sink: open, severity: "info" }] });
    expect(said).toHaveLength(1);
  });

  test("ends when a source cannot be read at all, and says why", async () => {
    const here = await bench();
    const broken = {
      name: "list",
      open: () => ({
        name: "list",
        problem: () => undefined,
        close: async () => undefined,
        run: async () => {
          throw new Error("there is no such queue");
        },
      }),
    };
    const sink = keepingSink();
    await expect(
      here.run({ sources: [broken], sinks: [{ sink, severity: "info" }] }),
    ).rejects.toThrow("there is no such queue");
  });
});

/** Waits until what was taken before is on the disk. */
async function committed(take: Take): Promise<void> {
  let isDone = false;
  const done = (): void => {
    isDone = true;
  };
  await take({ source: "list", receivedAtMs: 0, seen: 0, events: [], committed: done });
  await until(() => isDone);
}
