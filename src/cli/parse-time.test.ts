import { expect, test } from "vitest";
import { parseTime } from "./parse-time.ts";

const now = Date.parse("2026-11-20T12:00:00Z");

test.each([
  ["2026-11-01", false, "2026-11-01T00:00:00.000Z"],
  ["2026-11-01", true, "2026-11-01T23:59:59.999Z"],
  ["2026-11-01T10:30", false, "2026-11-01T10:30:00.000Z"],
  ["2026-11-01T10:30:00+02:00", false, "2026-11-01T08:30:00.000Z"],
  ["2d", false, "2026-11-18T12:00:00.000Z"],
  ["12h", true, "2026-11-20T00:00:00.000Z"],
])("%s is a time", (text, end, expected) => {
  expect(new Date(parseTime(text, "--since", now, end)).toISOString()).toBe(expected);
});

test.each(["", "yesterday", "2026-13-01", "2026-11", "5", "-1d", "1y", "1e3d"])(
  "`%s` is none",
  (text) => {
    expect(() => parseTime(text, "--since", now)).toThrow(`--since is \`${text}\``);
  },
);
