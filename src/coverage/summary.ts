import { type CellState, cellStates } from "../core/coverage.ts";
import { cellsOf, type FoundCell } from "./filter.ts";
import type { Matrix } from "./matrix.ts";

/** How many cells are in each state. */
export type StateCounts = Readonly<Record<CellState, number>>;

/** What is counted together. */
export const groupings = ["service", "account", "ou", "region"] as const;

/** What is counted together: `tag:KEY` for the values of a tag. */
export type Grouping = (typeof groupings)[number] | `tag:${string}`;

/** Cells that are counted together. */
export interface SummaryGroup {
  readonly name: string;
  readonly counts: StateCounts;
  /** Covered of what is known: on of on, partial and off, 0 to 100; `null`: nothing is known. */
  readonly covered: number | null;
  /** Unknown and stale of all that is applicable, 0 to 100. */
  readonly unknown: number;
}

/** Counts a matrix by groups, each in the order of its first cell. */
export function summarize(matrix: Matrix, by: Grouping): readonly SummaryGroup[] {
  const groups = new Map<string, Record<CellState, number>>();
  const nameOf = namer(by);
  for (const cell of cellsOf(matrix)) {
    const name = nameOf(cell);
    let counts = groups.get(name);
    if (counts === undefined) {
      counts = noCounts();
      groups.set(name, counts);
    }
    counts[cell.verdict.state] += 1;
  }
  return [...groups].map(([name, counts]) => groupOf(name, counts));
}

/** Counts the whole matrix, the organization's own cells among it. */
export function totalOf(matrix: Matrix): SummaryGroup {
  const counts = noCounts();
  for (const { verdict } of cellsOf(matrix)) counts[verdict.state] += 1;
  for (const { state } of matrix.organization) counts[state] += 1;
  return groupOf("all", counts);
}

/** Percentages of counts; what is unknown counts neither as covered nor as failing. */
export function groupOf(name: string, counts: StateCounts): SummaryGroup {
  const known = counts.on + counts.partial + counts.off;
  const open = counts.unknown + counts.stale;
  return {
    name,
    counts,
    covered: known === 0 ? null : percent(counts.on, known),
    unknown: known + open === 0 ? 0 : percent(open, known + open),
  };
}

/** Never 100 for less than all, nor 0 for more than nothing. */
function percent(part: number, whole: number): number {
  const rounded = Math.round((part / whole) * 1_000) / 10;
  if (part < whole && rounded >= 100) return 99.9;
  return part > 0 && rounded <= 0 ? 0.1 : rounded;
}

function noCounts(): Record<CellState, number> {
  return Object.fromEntries(cellStates.map((state) => [state, 0])) as Record<CellState, number>;
}

function namer(by: Grouping): (cell: FoundCell) => string {
  switch (by) {
    case "service":
      return ({ column }) => column.service;
    case "account":
      return ({ account }) => account.id;
    case "ou":
      return ({ account }) => account.path.join("/") || "Root";
    case "region":
      return ({ region }) => region ?? "global";
    default: {
      const key = by.slice("tag:".length);
      return ({ account }) => account.tags[key] ?? "(no tag)";
    }
  }
}
