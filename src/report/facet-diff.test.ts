import { expect, test } from "vitest";
import type { Json, JsonObject } from "../core/json.ts";
import { facetDiff } from "./facet-diff.ts";

const names = {
  thing: (value: Json | undefined): string =>
    value === "111111111111" ? "Audit (111111111111)" : String(value),
};

test.each<
  [what: string, before: JsonObject | null, after: JsonObject | null, lines: readonly string[]]
>([
  [
    "members by their path",
    { features: { S3: "NONE" } },
    { features: { S3: "ALL" } },
    ['~ features.S3 = "NONE" -> "ALL"'],
  ],
  [
    "accounts by name and id",
    null,
    { administrator: "111111111111", enabled: true },
    ["+ administrator = Audit (111111111111)", "+ enabled = true"],
  ],
  [
    "what comes to a list and what goes",
    { members: ["222222222222", "333333333333"] },
    { members: ["333333333333", "111111111111"] },
    ["+ members: Audit (111111111111)", '- members: "222222222222"'],
  ],
  [
    "an order",
    { regions: ["a", "b"] },
    { regions: ["b", "a"] },
    ['~ regions = ["a", "b"] -> ["b", "a"]'],
  ],
  ["an empty list", { types: [] }, {}, ["- types = []"]],
  ["lists of objects", { rules: [{ a: 1 }] }, { rules: [] }, ['~ rules = [{"a":1}] -> []']],
  ["an id that is not known yet", null, { key: { $ref: "kms:key" } }, ["+ key = (id of kms:key)"]],
  ["nothing", { a: [1], b: { c: null } }, { a: [1], b: { c: null } }, []],
])("shows %s", (_, before, after, lines) => {
  expect(facetDiff(before, after, names).map(({ sign, text }) => `${sign} ${text}`)).toEqual(lines);
});

test("counts what has no room", () => {
  const members = Array.from({ length: 1_000 }, (_, index) => String(200_000_000_000 + index));
  const [line] = facetDiff({ members: [] }, { members }, names);
  expect(line?.text).toMatch(/^members: "200000000000", .* and \d+ more$/);
  expect(line?.text.length).toBeLessThan(200);
});
