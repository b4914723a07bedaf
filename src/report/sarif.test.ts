import { expect, test } from "vitest";
import { renderSarif } from "./sarif.ts";

const rules = [
  { id: "A", title: "title of A", why: "why A", helpUri: "https://example.com/a" },
  { id: "B", title: "title of B", why: "why B" },
];

test("has the rules that are used, levels, places and escaped paths", () => {
  const start = { line: 2, column: 3, offset: 10 };
  const end = { line: 2, column: 9, offset: 16 };
  const log = JSON.parse(
    renderSarif(
      [
        {
          severity: "securityWarning",
          code: "B",
          summary: "something is open",
          help: "shut it",
          span: { file: "my policies\\a b.json", start, end },
        },
        { severity: "suggestion", code: "UNLISTED", summary: "spend less room" },
      ],
      { version: "1.2.3", rules },
    ),
  );
  expect(log.$schema).toContain("sarif-2.1.0");
  expect(log.runs).toEqual([
    {
      tool: {
        driver: {
          name: "orgrail",
          version: "1.2.3",
          rules: [
            {
              id: "B",
              shortDescription: { text: "title of B" },
              fullDescription: { text: "why B" },
            },
          ],
        },
      },
      columnKind: "utf16CodeUnits",
      results: [
        {
          ruleId: "B",
          ruleIndex: 0,
          level: "warning",
          message: { text: "something is open. shut it" },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: "my%20policies/a%20b.json" },
                region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 9 },
              },
            },
          ],
        },
        { ruleId: "UNLISTED", level: "note", message: { text: "spend less room" } },
      ],
    },
  ]);
});
