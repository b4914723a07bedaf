import type { CellState } from "../core/coverage.ts";
import { type Matrix, type MatrixColumn, verdictAt } from "./matrix.ts";

/** An account's cells of one service taken together. */
export interface Tally {
  /** Regions in which it is on. */
  readonly on: number;
  /** Regions in which it could be. */
  readonly applicable: number;
  /** The state that needs most attention: off, partial, unknown, stale, on, not applicable. */
  readonly state: CellState;
}

/** States, those that need most attention first. */
export const attention: readonly CellState[] = [
  "off",
  "partial",
  "unknown",
  "stale",
  "on",
  "not-applicable",
];

/** One letter for a state, for where there is no room and no colour. */
export const stateLetters: Readonly<Record<CellState, string>> = {
  on: "+",
  partial: "P",
  off: "X",
  "not-applicable": "-",
  unknown: "?",
  stale: "S",
};

/** Takes the cells of a row and column together. */
export function tallyOf(matrix: Matrix, column: MatrixColumn, row: number): Tally {
  let on = 0;
  let applicable = 0;
  let worst = attention.length - 1;
  for (let region = 0; region < column.regions.length; region += 1) {
    const { state } = verdictAt(matrix, column, row, region);
    if (state === "on") on += 1;
    if (state !== "not-applicable") applicable += 1;
    worst = Math.min(worst, attention.indexOf(state));
  }
  return { on, applicable, state: attention[worst] ?? "not-applicable" };
}
