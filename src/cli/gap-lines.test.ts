import { createColors } from "picocolors";
import { expect, test } from "vitest";
import type { Gap } from "../core/read.ts";
import { gapLines } from "./gap-lines.ts";

const paint = createColors(false);

function unread(subject: string, message: string): Gap {
  return { kind: "failed", operation: "file:Read", subject, message };
}

test("files that fail for another reason are in another group", () => {
  const gaps = [
    unread("a.json record 2", "it is no object"),
    unread("b.json.gz", "the gzip file is cut off"),
    unread("a.json record 4", "it is no object"),
  ];
  expect(gapLines(gaps, paint)).toEqual([
    "gaps: 3 reads gave no answer; what rests on them is unknown, not absent",
    "  file:Read: failed (2 times): a.json record 2, a.json record 4",
    "    it is no object",
    "  file:Read: failed: b.json.gz",
    "    the gzip file is cut off",
  ]);
});

test("many are counted, and three named", () => {
  const gaps = Array.from({ length: 200_000 }, (_, number) =>
    unread(`a.json record ${number + 1}`, "it is no object"),
  );
  expect(gapLines(gaps, paint)[1]).toBe(
    "  file:Read: failed (200000 times): a.json record 1, a.json record 2, a.json record 3 and 199997 more",
  );
});
