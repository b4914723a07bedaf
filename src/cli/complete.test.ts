import { expect, test } from "vitest";
import { commandTable } from "./commands/table.ts";
import { complete } from "./complete.ts";

test.each<[readonly string[], readonly string[]]>([
  [["pl"], ["plan"]],
  [["--json", "dri"], ["drift"]],
  [
    ["import", ""],
    ["lza", "org-formation"],
  ],
  [["plan", "--det"], ["--detailed-exitcode"]],
  [["plan", "--no"], ["--no-color"]],
  [["plan", "--out", ""], []],
  [["plan", "--out", "p"], []],
  [
    ["completion", ""],
    ["bash", "fish", "zsh"],
  ],
  [["nothing", "x"], []],
  [["plan", ""], []],
])("%j gives %j", (words, expected) => {
  expect(complete(words, commandTable)).toEqual(expected);
});

test("no word at all gives every command that help shows", () => {
  const all = complete([""], commandTable);
  expect(all).toContain("apply");
  expect(all).not.toContain("__complete");
});
