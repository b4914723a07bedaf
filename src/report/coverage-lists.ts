import type { CellState } from "../core/coverage.ts";
import { cellsOf } from "../coverage/filter.ts";
import type { Matrix } from "../coverage/matrix.ts";
import { totalOf } from "../coverage/summary.ts";
import { stateLetters, tallyOf } from "../coverage/tally.ts";
import { summaryLine } from "./coverage-text.ts";
import { escapeXml } from "./escape-xml.ts";

/** Renders cells as CSV by RFC 4180, a line a cell. */
export function renderCoverageCsv(matrix: Matrix, states: readonly CellState[]): string {
  const lines = ["account,name,organizational unit,service,Region,state,reason"];
  for (const { account, column, region, verdict } of cellsOf(matrix, states)) {
    const unit = account.path.join("/") || "Root";
    const { state, reason } = verdict;
    lines.push(
      [account.id, account.name, unit, column.service, region ?? "", state, reason]
        .map(field)
        .join(","),
    );
  }
  for (const { account, service, state, reason } of matrix.organization) {
    if (states.length > 0 && !states.includes(state)) continue;
    lines.push(
      [account, "(organization)", "Root", service, "", state, reason].map(field).join(","),
    );
  }
  return `${lines.join("\r\n")}\r\n`;
}

/** A spreadsheet takes a text that begins like a formula for one: names come from other people. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Renders a matrix as a table of GitHub's Markdown. */
export function renderCoverageMarkdown(matrix: Matrix): string {
  const { columns } = matrix;
  const lines = [
    `# Coverage of ${matrix.organizationId}, ${matrix.takenAt}`,
    "",
    summaryLine(totalOf(matrix)),
    "",
    `| Account | Organizational unit |${columns.map(({ service }) => ` ${service} |`).join("")}`,
    `| --- | --- |${columns.map(() => " ---: |").join("")}`,
  ];
  for (const [row, { name, path }] of matrix.accounts.entries()) {
    const cells = columns.map((column) => {
      const { on, applicable, state } = tallyOf(matrix, column, row);
      const count = column.regions.length === 1 || applicable === 0 ? "" : `${on}/${applicable} `;
      return ` ${count}${stateLetters[state]} |`;
    });
    lines.push(`| ${plain(name)} | ${plain(path.join("/") || "Root")} |${cells.join("")}`);
  }
  lines.push("", "`+` on, `P` partial, `X` off, `-` not applicable, `?` unknown, `S` stale", "");
  for (const { service, state, reason } of matrix.organization) {
    lines.push(`- ${service}: ${state}, ${plain(reason)}`);
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

function plain(text: string): string {
  return text.replaceAll(/[\\|`*_<>[\]]/g, "\\$&").replaceAll(/[\r\n]+/g, " ");
}

/**
 * Renders cells as JUnit XML: a suite a service, a case an account and Region. What fails is what
 * `failing` names; what is not known and not applicable is skipped with its reason.
 */
export function renderCoverageJunit(matrix: Matrix, failing: readonly CellState[]): string {
  const suites = new Map<
    string,
    { readonly name: string; readonly state: CellState; readonly reason: string }[]
  >();
  for (const { account, column, region, verdict } of cellsOf(matrix)) {
    const cases = suites.get(column.service) ?? [];
    const name = [account.name, account.id, region].filter((one) => one !== undefined).join(" ");
    cases.push({ name, state: verdict.state, reason: verdict.reason });
    suites.set(column.service, cases);
  }
  for (const { service, account, state, reason } of matrix.organization) {
    suites.set(service, [{ name: `organization ${account}`, state, reason }]);
  }
  const isBad = (state: CellState): boolean => failing.includes(state);
  const isSkipped = (state: CellState): boolean => state !== "on" && !isBad(state);
  const totals = (cases: readonly { readonly state: CellState }[]): string =>
    `tests="${cases.length}" failures="${cases.filter(({ state }) => isBad(state)).length}" errors="0" ` +
    `skipped="${cases.filter(({ state }) => isSkipped(state)).length}"`;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="orgrail coverage" ${totals([...suites.values()].flat())}>`,
  ];
  for (const [service, cases] of suites) {
    lines.push(`  <testsuite name="${escapeXml(service)}" ${totals(cases)}>`);
    for (const { name, state, reason } of cases) {
      const head = `    <testcase name="${escapeXml(name)}" classname="${escapeXml(service)}"`;
      if (state === "on") {
        lines.push(`${head}/>`);
        continue;
      }
      const text = escapeXml(`${state}: ${reason}`);
      const inner = isBad(state)
        ? `<failure message="${text}" type="${state}"/>`
        : `<skipped message="${text}"/>`;
      lines.push(`${head}>`, `      ${inner}`, "    </testcase>");
    }
    lines.push("  </testsuite>");
  }
  return `${[...lines, "</testsuites>"].join("\n")}\n`;
}
