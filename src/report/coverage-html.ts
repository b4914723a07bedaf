import { type CellState, cellStates } from "../core/coverage.ts";
import type { Matrix } from "../coverage/matrix.ts";
import { attention } from "../coverage/tally.ts";
import { cardsHtml, organizationHtml, servicesHtml, stateTag } from "./coverage-page-parts.ts";
import { coveragePageScript } from "./coverage-page-script.ts";
import { coveragePageStyle } from "./coverage-page-style.ts";
import { escapeXml } from "./escape-xml.ts";
import { pageStyle } from "./page-style.ts";
import { stateIcons } from "./state-icons.ts";

/**
 * Renders a matrix as one page that needs nothing else: a heat map of accounts and services, with
 * filters, and the Regions of a cell with their reasons. Accounts that are alike share their data,
 * so that ten thousand take a few megabytes at most.
 */
export function renderCoverageHtml(matrix: Matrix): string {
  const title = `Coverage of ${matrix.organizationId}`;
  const data = JSON.stringify(pageData(matrix)).replaceAll("<", "\\u003c");
  const options = cellStates.map((state) => `<option>${state}</option>`).join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapeXml(title)}</title>
<style>${pageStyle}${coveragePageStyle}</style>
</head>
<body>
<main>
<h1>${escapeXml(title)}</h1>
<p class="dim">As of <time>${escapeXml(matrix.takenAt)}</time>${matrix.tier === undefined ? "" : `, tier ${matrix.tier}`}: ${matrix.accounts.length} accounts, ${matrix.regions.length} Regions, ${matrix.columns.length} services.</p>
${cardsHtml(matrix)}
<p class="dim">Covered is on, of on, partial and off. What is unknown or stale counts neither as covered nor as failing.</p>
<h2>Services</h2>
${servicesHtml(matrix)}
<h2>Organization</h2>
${organizationHtml(matrix)}
<h2>Accounts</h2>
<p class="legend" aria-label="States">${cellStates.map((state) => stateTag(state)).join("")}</p>
<form role="search" aria-label="Filter">
<label>Account, unit or tag <input id="text" type="search" autocomplete="off"></label>
<label>Service <select id="service"><option value="">all</option></select></label>
<label>State <select id="state"><option value="">any</option>${options}</select></label>
</form>
<p id="count" class="dim" role="status"></p>
<p id="hint" class="dim noprint">A cell says in how many of the Regions that it could be in a service is on. Arrows move from cell to cell, Enter explains one.</p>
<div class="scroll"><table class="map" aria-label="Accounts and services" aria-describedby="hint">
<thead></thead><tbody></tbody></table></div>
<p><button id="more" class="plain" type="button" hidden>Show more accounts</button></p>
<section id="detail" aria-live="polite" aria-label="Regions of a cell" tabindex="-1"></section>
<noscript>This page needs JavaScript to draw its table.</noscript>
</main>
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
  const tags = new Map<string, number>();
  const accounts = matrix.accounts.map(({ id, name, path, tags: own }, row) => {
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
    const tagged = Object.entries(own)
      .map(([key, value]) => `${key}=${value}`)
      .join(" ");
    if (!tags.has(tagged)) tags.set(tagged, tags.size);
    return [id, name, units.get(unit) ?? 0, rows.add(pattern), tags.get(tagged) ?? 0];
  });
  return {
    states: states.map((state) => [state, stateIcons[state]]),
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
    tags: [...tags.keys()],
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
