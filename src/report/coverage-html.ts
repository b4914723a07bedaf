import { type CellState, cellStates } from "../core/coverage.ts";
import type { Matrix } from "../coverage/matrix.ts";
import { totalOf } from "../coverage/summary.ts";
import { attention, stateLetters } from "../coverage/tally.ts";
import { coveragePageScript } from "./coverage-page-script.ts";
import { coveragePageStyle } from "./coverage-page-style.ts";
import { summaryLine } from "./coverage-text.ts";
import { escapeXml } from "./escape-xml.ts";

/**
 * Renders a matrix as one page that needs nothing else: a heat map of accounts and services, with
 * filters, and the Regions of a cell with their reasons. Accounts that are alike share their data,
 * so that ten thousand take a few megabytes at most.
 */
export function renderCoverageHtml(matrix: Matrix): string {
  const title = `Coverage of ${matrix.organizationId}`;
  const data = JSON.stringify(pageData(matrix)).replaceAll("<", "\\u003c");
  const organization = matrix.organization
    .map(
      ({ service, state, reason }) =>
        `<li><span class="c s-${state}">${stateLetters[state]} ${state}</span> ${escapeXml(service)}: ${escapeXml(reason)}</li>`,
    )
    .join("");
  const legend = cellStates
    .map((state) => `<span class="c s-${state}">${stateLetters[state]} ${state}</span>`)
    .join(" ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapeXml(title)}</title>
<style>${coveragePageStyle}</style>
</head>
<body>
<h1>${escapeXml(title)}</h1>
<p>As of <time>${escapeXml(matrix.takenAt)}</time>. ${escapeXml(summaryLine(totalOf(matrix)))}.</p>
<p>${legend}</p>
<ul class="organization" aria-label="Services of the organization as a whole">${organization}</ul>
<form role="search" aria-label="Filter">
<label>Account or organizational unit <input id="text" type="search" autocomplete="off"></label>
<label>Service <select id="service"><option value="">all</option></select></label>
<label>State <select id="state"><option value="">any</option>${cellStates
    .map((state) => `<option>${state}</option>`)
    .join("")}</select></label>
</form>
<p id="count" role="status"></p>
<div class="scroll"><table><caption>Accounts and services: on in how many of the Regions that could be</caption>
<thead></thead><tbody></tbody></table></div>
<p><button id="more" type="button" hidden>Show more accounts</button></p>
<section id="detail" aria-live="polite" tabindex="-1"></section>
<noscript>This page needs JavaScript to draw its table.</noscript>
<script type="application/json" id="data">${data}</script>
<script>${coveragePageScript}</script>
</body>
</html>
`;
}

/** Verdicts, Regions' patterns and rows' patterns, each once. */
function pageData(matrix: Matrix): object {
  const states: readonly CellState[] = attention;
  const texts = new Map<string, number>();
  const reasons: [number, string][] = [];
  const short = matrix.verdicts.map(({ state, reason }) => {
    const key = `${state}\n${reason}`;
    let index = texts.get(key);
    if (index === undefined) {
      index = reasons.push([states.indexOf(state), reason]) - 1;
      texts.set(key, index);
    }
    return index;
  });
  const cells = interned();
  const rows = interned();
  const units = new Map<string, number>();
  const accounts = matrix.accounts.map(({ id, name, path }, row) => {
    const pattern = matrix.columns.map((column) => {
      const start = row * column.regions.length;
      const own = Array.from(
        column.cells.subarray(start, start + column.regions.length),
        (index) => short[index] ?? 0,
      );
      return cells.add(own);
    });
    const unit = path.join("/") || "Root";
    if (!units.has(unit)) units.set(unit, units.size);
    return [id, name, units.get(unit) ?? 0, rows.add(pattern)];
  });
  return {
    states: states.map((state) => [state, stateLetters[state]]),
    regions: matrix.regions,
    columns: matrix.columns.map(({ service, title, regions }) => [
      service,
      title,
      regions.map((region) => (region === undefined ? -1 : matrix.regions.indexOf(region))),
    ]),
    reasons,
    cells: cells.list,
    rows: rows.list,
    units: [...units.keys()],
    accounts,
  };
}

function interned(): {
  readonly list: (readonly number[])[];
  add(numbers: readonly number[]): number;
} {
  const known = new Map<string, number>();
  const list: (readonly number[])[] = [];
  return {
    list,
    add: (numbers) => {
      const key = numbers.join();
      let index = known.get(key);
      if (index === undefined) {
        index = list.push(numbers) - 1;
        known.set(key, index);
      }
      return index;
    },
  };
}
