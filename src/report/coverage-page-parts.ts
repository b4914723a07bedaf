import { type CellState, cellStates } from "../core/coverage.ts";
import type { Matrix } from "../coverage/matrix.ts";
import { type SummaryGroup, summarize, totalOf } from "../coverage/summary.ts";
import { escapeXml } from "./escape-xml.ts";
import { stateIcons } from "./state-icons.ts";

/** A state as icon and word. */
export function stateTag(state: CellState): string {
  return `<span class="tag s-${state}">${stateIcons[state]} ${state}</span>`;
}

/** The figures at the top of the page: what is covered, what is not known, and the rest. */
export function cardsHtml(matrix: Matrix): string {
  const total = totalOf(matrix);
  const cards = [
    [percent(total.covered), "covered"],
    [percent(total.unknown), "not known"],
    [count(total.counts.off), `${stateIcons.off} off`],
    [count(total.counts.partial), `${stateIcons.partial} partial`],
    [count(total.counts.unknown + total.counts.stale), `${stateIcons.unknown} unknown or stale`],
    [count(matrix.accounts.length), "accounts"],
  ] as const;
  const items = cards.map(([figure, label]) => `<li><b>${figure}</b>${label}</li>`);
  return `<ul class="cards">${items.join("")}</ul>`;
}

/** A line a service, the least covered first. */
export function servicesHtml(matrix: Matrix): string {
  const titles = new Map(matrix.columns.map(({ service, title }) => [service, title]));
  const groups = [...summarize(matrix, "service")]
    .filter(({ name }) => titles.has(name))
    .sort((a, b) => (a.covered ?? 101) - (b.covered ?? 101));
  const rows = groups.map((group) => {
    const { name, covered, unknown, counts } = group;
    const title = titles.get(name) ?? name;
    return (
      `<tr><th scope="row">${escapeXml(title)}</th><td class="n">${percent(covered)}</td>` +
      `<td>${bar(group, title)}</td><td class="n">${percent(unknown)}</td>` +
      `<td class="n wide">${count(counts.off)}</td><td class="n wide">${count(counts.partial)}</td></tr>`
    );
  });
  return (
    '<table class="services"><thead><tr><th scope="col">Service</th><th scope="col">Covered</th>' +
    '<th scope="col">Cells</th><th scope="col">Not known</th><th scope="col" class="wide">Off</th>' +
    `<th scope="col" class="wide">Partial</th></tr></thead><tbody>${rows.join("")}</tbody></table>`
  );
}

/** Services that have one answer for the organization. */
export function organizationHtml({ organization, titles }: Matrix): string {
  if (organization.length === 0)
    return '<p class="dim">No service was read that has one answer.</p>';
  const items = organization.map(
    ({ service, state, reason }) =>
      `<li>${stateTag(state)} <b>${escapeXml(titles[service] ?? service)}</b> ${escapeXml(reason)}</li>`,
  );
  return `<ul class="organization">${items.join("")}</ul>`;
}

const shown: readonly CellState[] = ["on", "partial", "off", "unknown", "stale"];

function bar({ counts }: SummaryGroup, title: string): string {
  const all = shown.reduce((sum, state) => sum + counts[state], 0);
  if (all === 0) return '<span class="dim">not applicable</span>';
  const parts = cellStates
    .filter((state) => shown.includes(state) && counts[state] > 0)
    .map((state) => ({ state, share: (counts[state] / all) * 100 }));
  const words = parts.map(({ state }) => `${counts[state]} ${state}`).join(", ");
  const label = escapeXml(`${title}: ${words}`);
  const pieces = parts.map(
    ({ state, share }) => `<i class="s-${state}" style="width:${share.toFixed(2)}%"></i>`,
  );
  return `<span class="bar" role="img" aria-label="${label}" title="${label}">${pieces.join("")}</span>`;
}

function percent(value: number | null): string {
  return value === null ? "–" : `${value} %`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
