import type { CellState } from "../core/coverage.ts";

/** States as one character each, which tells them apart without colour. */
export const stateIcons: Readonly<Record<CellState, string>> = {
  on: "✓",
  partial: "◐",
  off: "✕",
  "not-applicable": "–",
  unknown: "?",
  stale: "◷",
};
