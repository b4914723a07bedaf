import { expect, test } from "vitest";
import { commandTable } from "./commands/table.ts";
import { overview } from "./help.ts";
import { paint } from "./paint.ts";
import { isOverview, overviewIn } from "./print-overview.ts";

test.each([true, false])("the overview that was made is the table's: colours %s", (color) => {
  expect(overviewIn(color)).toBe(overview(commandTable, paint(color)));
});

test.each<[readonly string[], boolean]>([
  [[], true],
  [["--help"], true],
  [["-h"], true],
  [["help"], true],
  [["help", "plan"], false],
  [["--help", "--no-color"], false],
  [["plan"], false],
])("%j asks for it: %s", (argv, expected) => {
  expect(isOverview(argv)).toBe(expected);
});
