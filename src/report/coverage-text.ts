import type { Matrix } from "../coverage/matrix.ts";
import { type SummaryGroup, totalOf } from "../coverage/summary.ts";
import { stateLetters, tallyOf } from "../coverage/tally.ts";

/**
 * Renders a matrix for a terminal: accounts below their organizational unit, services as columns, a
 * cell as `15/17X`: on in 15 of 17 Regions, and a letter for what needs attention. Services that do
 * not fit the width come in a table of their own.
 *
 * @param width in columns
 * @param most accounts at most, the first ones; it is said how many there are
 */
export function renderCoverage(
  matrix: Matrix,
  width: number,
  most: number = Number.POSITIVE_INFINITY,
): string {
  const shown = matrix.accounts.slice(0, most);
  const longest = shown.reduce((length, { name }) => Math.max(length, name.length), 8);
  const nameWidth = Math.min(28, longest + 4);
  const tables: (typeof matrix.columns)[] = [];
  let room = 0;
  for (const column of matrix.columns) {
    const needs = widthOf(column.service, column.regions.length);
    if (tables.length === 0 || room < needs) {
      tables.push([]);
      room = width - nameWidth;
    }
    tables[tables.length - 1] = [...(tables.at(-1) ?? []), column];
    room -= needs;
  }
  const lines = tables.flatMap((columns) => [...table(matrix, shown, columns, nameWidth), ""]);
  if (shown.length < matrix.accounts.length) {
    lines.push(
      `The first ${shown.length} of ${matrix.accounts.length} accounts: --ou, --account and --tag choose, --by ou counts,`,
      "--format html and csv have all of them.",
      "",
    );
  }
  for (const { service, state, reason } of matrix.organization) {
    lines.push(`${stateLetters[state]} ${service}: ${reason}`);
  }
  if (matrix.organization.length > 0) lines.push("");
  lines.push(
    "+ on   P partial   X off   - not applicable   ? unknown   S stale",
    summaryLine(totalOf(matrix)),
  );
  return `${lines.join("\n")}\n`;
}

function widthOf(service: string, regions: number): number {
  const digits = String(regions).length;
  return Math.max(service.length, 2 * digits + 2) + 2;
}

function table(
  matrix: Matrix,
  accounts: Matrix["accounts"],
  columns: Matrix["columns"],
  nameWidth: number,
): readonly string[] {
  const widths = columns.map(({ service, regions }) => widthOf(service, regions.length));
  const head = columns.map(({ service }, index) => service.padStart(widths[index] ?? 0)).join("");
  const lines = [`${"".padEnd(nameWidth)}${head}`];
  let unit: string | undefined;
  for (const [row, { name, path }] of accounts.entries()) {
    const here = path.join("/") || "Root";
    if (here !== unit) lines.push(here);
    unit = here;
    const cells = columns.map((column, index) => {
      const { on, applicable, state } = tallyOf(matrix, column, row);
      const count = column.regions.length === 1 || applicable === 0 ? "" : `${on}/${applicable}`;
      return `${count}${stateLetters[state]}`.padStart(widths[index] ?? 0);
    });
    const short = name.length > nameWidth - 3 ? `${name.slice(0, nameWidth - 4)}…` : name;
    lines.push(`${`  ${short}`.padEnd(nameWidth)}${cells.join("")}`.trimEnd());
  }
  return lines;
}

/** One line with the numbers of a group. */
export function summaryLine({ counts, covered, unknown }: SummaryGroup): string {
  const share = covered === null ? "nothing is known" : `${covered} % of what is known is on`;
  return (
    `${share} (${counts.on} on, ${counts.partial} partial, ${counts.off} off); ` +
    `${unknown} % unknown (${counts.unknown} unknown, ${counts.stale} stale); ` +
    `${counts["not-applicable"]} not applicable`
  );
}

/** Renders groups as a table of numbers. */
export function renderSummary(groups: readonly SummaryGroup[]): string {
  const heads = ["", "on", "partial", "off", "unknown", "stale", "n/a", "covered"];
  const rows = groups.map(({ name, counts, covered }) => [
    name,
    String(counts.on),
    String(counts.partial),
    String(counts.off),
    String(counts.unknown),
    String(counts.stale),
    String(counts["not-applicable"]),
    covered === null ? "-" : `${covered} %`,
  ]);
  const widths = heads.map((head, at) =>
    Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  return `${[heads, ...rows]
    .map((row) =>
      row
        .map((text, at) =>
          at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n")}\n`;
}
