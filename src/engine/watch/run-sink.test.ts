import { expect, test } from "vitest";
import type { Finding } from "../../core/finding.ts";
import type { Journal } from "./journal.ts";
import { createMetrics } from "./metrics.ts";
import { type RunningSink, type RunSinkOptions, runSink } from "./run-sink.ts";
import { watchClock } from "./test-support/watch-bench.ts";
import { watchLog } from "./watch-log.ts";

/** A journal that has one more finding whenever it is read, up to so many. */
function growingJournal(most: number): Journal & { readonly written: () => number } {
  let written = 0;
  return {
    append: async () => undefined,
    bytes: () => 0,
    segmentBytes: () => 0,
    segment: () => 1,
    rotate: async () => undefined,
    drop: async () => undefined,
    read: async (from) => {
      if (written >= most) return { records: [], next: { segment: 1, offset: written } };
      expect(from?.offset ?? 0).toBe(written);
      written += 1;
      const finding = { id: `f${written}`, severity: "high" } as Finding;
      return {
        records: [{ k: "finding", n: written, finding }],
        next: { segment: 1, offset: written },
      };
    },
    changed: () => new Promise(() => undefined),
    close: async () => undefined,
    written: () => written,
  };
}

/** Runs a sink that is to hand over what there is, and to end. */
function drained(
  journal: ReturnType<typeof growingJournal>,
  own: Pick<RunSinkOptions, "sink" | "deadLetters">,
): RunningSink {
  const clock = watchClock();
  return runSink({
    ...own,
    severity: "info",
    journal,
    clock,
    random: () => 0.5,
    log: watchLog(clock, () => undefined, "json"),
    metrics: createMetrics(),
    takenBefore: 0,
    sendingBefore: 0,
    lastFinding: journal.written,
    onTaken: () => undefined,
    drain: AbortSignal.abort(),
    stop: new AbortController().signal,
  });
}

test("what was found goes at once, however fast more is found", async () => {
  const journal = growingJournal(300);
  const delivered: number[] = [];
  const behind: number[] = [];
  const { done, taken } = drained(journal, {
    sink: {
      name: "slow to fill",
      most: 500,
      deliver: async (findings) => {
        delivered.push(findings.length);
        behind.push(journal.written() - findings.length - taken());
        return [];
      },
    },
    deadLetters: { keep: async () => undefined },
  });
  await done;
  expect(delivered.reduce((sum, one) => sum + one, 0)).toBe(300);
  expect(Math.max(...delivered)).toBe(1);
  expect(Math.max(...behind)).toBe(0);
});

test("what is refused is kept before it counts as taken, however long that takes", async () => {
  const journal = growingJournal(1);
  const kept: string[] = [];
  let failures = 3;
  let delivered = 0;
  const { done, taken } = drained(journal, {
    sink: {
      name: "refuses",
      most: 10,
      deliver: async (findings) => {
        delivered += findings.length;
        return findings.map(({ id }) => ({ id, reason: "too long" }));
      },
    },
    deadLetters: {
      keep: async ({ subject }) => {
        expect(taken()).toBe(0);
        if (failures-- > 0) throw new Error("the disk is full");
        kept.push(subject);
      },
    },
  });
  await done;
  expect(kept).toEqual(["f1"]);
  expect(delivered).toBe(1);
  expect(taken()).toBe(1);
});
