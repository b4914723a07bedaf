import { notChecked } from "../../src/cli/apply/check-again.ts";
import { applyOutcome } from "../../src/cli/apply/outcome.ts";
import { exitCodes } from "../../src/core/app-error.ts";
import type { Plan } from "../../src/core/plan.ts";
import type { ApplyReport, ChangeOutcome } from "../../src/engine/apply-report.ts";

/** The exit code that `orgrail apply` ends with after such a report. */
export function exitCodeOf(report: ApplyReport, plan: Plan): number {
  return exitCodes[
    applyOutcome(report, { plan, diagnostics: [], isNew: true }, notChecked).exit ?? "done"
  ];
}

/** Ids of changes that an outcome names as neither made nor found as wanted. */
export function notMade(report: ApplyReport): readonly ChangeOutcome[] {
  return report.outcomes.filter(({ status }) => status !== "done" && status !== "already");
}

/** Whether a change rests, directly or not, on one of those. */
export function restsOn(plan: Plan, id: string, failed: ReadonlySet<string>): boolean {
  const change = plan.changes.find((one) => one.id === id);
  return (change?.dependsOn ?? []).some((need) => failed.has(need) || restsOn(plan, need, failed));
}
