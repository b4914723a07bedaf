import { describe, expect, test } from "vitest";
import { paint } from "./paint.ts";
import { createProgress, duration, type Progress } from "./progress.ts";

function progressOn(terminal: boolean, quiet = false) {
  const written: string[] = [];
  let now = 0;
  const progress: Progress = createProgress({
    stderr: { write: (text) => void written.push(text), isTerminal: terminal, columns: 64 },
    clock: { now: () => now, sleep: async () => undefined },
    paint: paint(false),
    quiet,
  });
  const pass = (milliseconds: number): void => {
    now += milliseconds;
  };
  return { progress, written, pass };
}

describe("on a terminal", () => {
  test("redraws one line in place, and not more often than ten times a second", () => {
    const { progress, written, pass } = progressOn(true);
    progress.stage("reading", 1_200);
    pass(50);
    progress.update(5, 1_200);
    pass(1_950);
    progress.throttled();
    progress.update(200, 1_200, "tags of Audit");
    pass(100);
    progress.update(400, 1_200, "tags of Audit");
    progress.end("read 1,200 things");
    expect(written).toEqual([
      "\r\u001b[Kreading 0 of 1,200 (0 %)",
      "\r\u001b[Kreading 5 of 1,200 (0 %), 2.5/s, 7 min 58 s left, throttled 1",
      "\r\u001b[Kreading 400 of 1,200 (33 %), 190/s, 4 s left, throttled 1: tag…",
      "\r\u001b[K",
      "read 1,200 things\n",
    ]);
  });

  test("keeps said lines above", () => {
    const { progress, written } = progressOn(true);
    progress.stage("applying", 2);
    progress.say("+ account:Audit");
    expect(written.slice(1)).toEqual([
      "\r\u001b[K",
      "+ account:Audit\n",
      "\r\u001b[Kapplying 0 of 2 (0 %)",
    ]);
  });
});

describe("elsewhere", () => {
  test("writes a plain line every ten seconds", () => {
    const { progress, written, pass } = progressOn(false);
    progress.stage("reading");
    for (let done = 1; done <= 25; done++) {
      pass(1_000);
      progress.update(done);
    }
    progress.end();
    expect(written).toEqual(["reading 10, 1.0/s\n", "reading 20, 1.0/s\n"]);
  });

  test("says nothing with --quiet but what is said", () => {
    const { progress, written, pass } = progressOn(false, true);
    progress.stage("reading");
    pass(20_000);
    progress.update(1);
    progress.say("line");
    progress.end("summary");
    expect(written).toEqual(["line\n"]);
  });
});

test.each([
  [0.4, "0 s"],
  [59, "59 s"],
  [125, "2 min 5 s"],
  [4_800, "1 h 20 min"],
  [-3, "0 s"],
])("%d seconds are %s", (seconds, expected) => {
  expect(duration(seconds)).toBe(expected);
});
