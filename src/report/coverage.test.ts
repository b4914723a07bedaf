import { describe, expect, it } from "vitest";
import type { Verdict } from "../core/service-coverage.ts";
import { exampleSnapshot } from "../coverage/example.ts";
import { type CoveredService, coverageMatrix, type Matrix } from "../coverage/matrix.ts";
import { summarize } from "../coverage/summary.ts";
import { renderCoverageHtml } from "./coverage-html.ts";
import {
  renderCoverageCsv,
  renderCoverageJunit,
  renderCoverageMarkdown,
} from "./coverage-lists.ts";
import { renderCoverage, renderSummary } from "./coverage-text.ts";

const regions = ["eu-west-1", "us-east-1"];

/** Accounts whose id ends with an odd digit are on, the others off; the first is unknown. */
function serviceOf(id: string, all: readonly string[]): CoveredService {
  const make = (state: Verdict["state"], reason: string): Verdict => ({
    state,
    reason,
    evidence: [],
  });
  const verdicts = [make("off", "it is <off> & out"), make("on", "it is on"), make("unknown", "?")];
  return {
    id,
    title: id,
    regions: all,
    coverage: {
      cells: "region",
      read: () => ({
        at: ({ id: account }) => {
          const found = verdicts[account.endsWith("001") ? 2 : Number(account.at(-1)) % 2];
          return found ?? make("off", "");
        },
      }),
    },
  };
}

function matrixOf(count: number, ids: readonly string[], all: readonly string[] = regions): Matrix {
  const snapshot = exampleSnapshot(count, Object.fromEntries(ids.map((id) => [id, {}])), all);
  const services = ids.map((id) => serviceOf(id, all));
  return coverageMatrix(snapshot, services, { nowMs: Date.parse(snapshot.takenAt) });
}

describe("a matrix", () => {
  const matrix = matrixOf(3, ["guardduty", "macie2"]);

  it("is a table that fits the width, with a letter for every state", () => {
    const text = renderCoverage(matrix, 60);
    expect(text).toContain("Account 1         0/2?    0/2?");
    expect(text).toContain("Account 2         0/2X    0/2X");
    expect(text).toContain("Account 3         2/2+    2/2+");
    expect(text).toContain("50 % of what is known is on (4 on, 0 partial, 4 off); 33.3 % unknown");
    const cut = renderCoverage(matrix, 60, 1);
    expect(cut).toContain(`The first 1 of ${matrix.accounts.length} accounts`);
    expect(cut.split("\n").length).toBeLessThan(text.split("\n").length + 3);
    expect(text).not.toContain("The first");
    const narrow = renderCoverage(matrix, 30).split("\n");
    expect(narrow.filter((line) => line.includes("Account 2"))).toHaveLength(2);
    expect(Math.max(...narrow.slice(0, 10).map((line) => line.length))).toBeLessThanOrEqual(30);
    expect(renderSummary(summarize(matrix, "service"))).toContain("guardduty   2");
  });

  it("is CSV without formulas", () => {
    const csv = renderCoverageCsv(matrix, ["off"]);
    expect(csv.split("\r\n")).toHaveLength(1 + 4 + 1);
    expect(csv).toContain("100000000002,Account 2,Root,guardduty,eu-west-1,off,it is <off> & out");
    const accounts = matrix.accounts.map((it) => ({ ...it, name: '=cmd("x")' }));
    expect(renderCoverageCsv({ ...matrix, accounts }, [])).toContain(`"'=cmd(""x"")"`);
  });

  it("is JUnit in which unknown is skipped, and fails only when it shall", () => {
    const lax = renderCoverageJunit(matrix, ["off", "partial"]);
    expect(lax).toContain(
      '<testsuites name="orgrail coverage" tests="12" failures="4" errors="0" skipped="4">',
    );
    expect(lax).toContain('<failure message="off: it is &lt;off&gt; &amp; out" type="off"/>');
    expect(renderCoverageJunit(matrix, ["off", "unknown"])).toContain(
      'failures="8" errors="0" skipped="0"',
    );
  });

  it("is Markdown whose names cannot break the table", () => {
    const accounts = matrix.accounts.map((it) => ({ ...it, name: "a|b" }));
    expect(renderCoverageMarkdown({ ...matrix, accounts })).toContain("| a\\|b | Root | 0/2 ? |");
  });

  it("is a page of its own, with nothing of others and no way out of its data", () => {
    const accounts = matrix.accounts.map((it) => ({ ...it, name: "</script><script>alert(1)" }));
    const page = renderCoverageHtml({ ...matrix, accounts });
    expect(page).not.toContain("<script>alert");
    expect(page).not.toMatch(/(src|href)=/);
    expect(page).toContain('aria-label="Accounts and services"');
  });

  it("of ten thousand accounts is a page of less than 5 MB", () => {
    const many = Array.from({ length: 17 }, (_, index) => `us-east-${index + 1}`);
    const ids = Array.from({ length: 12 }, (_, index) => `service${index}`);
    const big = matrixOf(10_000, ids, many);
    expect(big.columns.reduce((sum, { cells }) => sum + cells.length, 0)).toBe(2_040_000);
    expect(renderCoverageHtml(big).length).toBeLessThan(5_000_000);
  });
});
