import type { CellState } from "../core/coverage.ts";
import type { RegionName } from "../core/identifiers.ts";
import type { Verdict } from "../core/service-coverage.ts";
import { type Matrix, type MatrixAccount, type MatrixColumn, verdictAt } from "./matrix.ts";

/** Which cells are looked at; an empty list leaves nothing out. */
export interface CellFilter {
  readonly services?: readonly string[];
  /** Ids or names. */
  readonly accounts?: readonly string[];
  /** Paths such as `Workloads/Prod`, with what lies below; `Root` is all. */
  readonly units?: readonly string[];
  readonly regions?: readonly RegionName[];
  /** Keys with their value; all of them must hold. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly states?: readonly CellState[];
}

/** A cell that a filter lets through. */
export interface FoundCell {
  readonly account: MatrixAccount;
  readonly column: MatrixColumn;
  readonly region: RegionName | undefined;
  readonly verdict: Verdict;
}

/** A matrix of the rows, columns and Regions alone that a filter names; states are not looked at. */
export function filterMatrix(matrix: Matrix, filter: CellFilter): Matrix {
  const rows = matrix.accounts.flatMap((account, row) => (isChosen(account, filter) ? [row] : []));
  const regions = new Set(filter.regions);
  const columns = matrix.columns
    .filter(({ service }) => isAmong(filter.services, service))
    .map((column): MatrixColumn => {
      const kept = column.regions.flatMap((region, index) =>
        region === undefined || regions.size === 0 || regions.has(region) ? [index] : [],
      );
      const cells = new Uint32Array(rows.length * kept.length);
      let at = 0;
      for (const row of rows) {
        for (const index of kept) {
          cells[at] = column.cells[row * column.regions.length + index] ?? 0;
          at += 1;
        }
      }
      return { ...column, cells, regions: kept.map((index) => column.regions[index]) };
    });
  return {
    ...matrix,
    accounts: rows.flatMap((row) => matrix.accounts[row] ?? []),
    regions: matrix.regions.filter((region) => regions.size === 0 || regions.has(region)),
    columns,
    organization: matrix.organization.filter(({ service }) => isAmong(filter.services, service)),
  };
}

/** The cells of a matrix in the order of rows, services and Regions. */
export function* cellsOf(
  matrix: Matrix,
  states: readonly CellState[] = [],
): Generator<FoundCell, void, undefined> {
  for (const [row, account] of matrix.accounts.entries()) {
    for (const column of matrix.columns) {
      for (const [index, region] of column.regions.entries()) {
        const verdict = verdictAt(matrix, column, row, index);
        if (states.length > 0 && !states.includes(verdict.state)) continue;
        yield { account, column, region, verdict };
      }
    }
  }
}

function isChosen(
  { id, name, path, tags }: MatrixAccount,
  { accounts = [], units = [], tags: wanted = {} }: CellFilter,
): boolean {
  if (accounts.length > 0 && !accounts.includes(id) && !accounts.includes(name)) return false;
  const key = ["", ...path, ""].join("/");
  const isUnder = (unit: string): boolean => unit === "Root" || key.startsWith(`/${unit}/`);
  if (units.length > 0 && !units.some(isUnder)) return false;
  return Object.entries(wanted).every(([tag, value]) => tags[tag] === value);
}

function isAmong(chosen: readonly string[] | undefined, one: string): boolean {
  return chosen === undefined || chosen.length === 0 || chosen.includes(one);
}
