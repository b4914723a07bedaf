import { expect } from "vitest";
import type { Desired } from "../../src/core/desired.ts";
import type { Plan } from "../../src/core/plan.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { plan } from "../../src/plan/plan.ts";
import { simulate } from "../../src/plan/simulate.ts";
import { mirrorOf } from "./builders.ts";

/** Plans the mirror of a snapshot with some lists replaced. */
export function planWith(
  snapshot: Snapshot,
  change: Partial<Desired> | ((mirror: Desired) => Partial<Desired>),
): Plan {
  const mirror = mirrorOf(snapshot);
  return plan({ ...mirror, ...(typeof change === "function" ? change(mirror) : change) }, snapshot);
}

/** Operations with their addresses, in order. */
export function steps(made: Plan): string[] {
  return made.changes.map(({ operation, address }) => `${operation} ${address}`);
}

/** Codes of the diagnostics of a severity, in order. */
export function codes(made: Plan, severity: "error" | "warning" | "info" = "error"): string[] {
  return made.diagnostics.filter((one) => one.severity === severity).map(({ code }) => code);
}

/** Expects that AWS takes every change, and that nothing is left to do after them. */
export function expectConverges(
  snapshot: Snapshot,
  change: Partial<Desired> | ((mirror: Desired) => Partial<Desired>),
): void {
  const mirror = mirrorOf(snapshot);
  const desired = { ...mirror, ...(typeof change === "function" ? change(mirror) : change) };
  const made = plan(desired, snapshot);
  expect(codes(made)).toEqual([]);
  const after = simulate(snapshot, made);
  expect(after.refused).toEqual([]);
  expect(steps(plan(desired, after.snapshot))).toEqual([]);
}
