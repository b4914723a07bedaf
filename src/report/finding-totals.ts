import type { Finding } from "../core/finding.ts";

/** How many findings there are of each kind; those with an exception apart from those that fail. */
export interface FindingTotals {
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  readonly notApplicable: number;
  readonly excepted: number;
}

/** Counts findings. What is unknown counts neither as good nor as bad. */
export function findingTotals(findings: readonly Finding[]): FindingTotals {
  const totals = { pass: 0, fail: 0, unknown: 0, notApplicable: 0, excepted: 0 };
  for (const { status, exception } of findings) {
    if (status === "fail") totals[exception === undefined ? "fail" : "excepted"]++;
    else totals[status === "not-applicable" ? "notApplicable" : status]++;
  }
  return totals;
}

/** The totals in a line: `12 fail, 300 pass, 5 unknown, 2 not applicable, 1 excepted`. */
export function totalsLine(totals: FindingTotals): string {
  const { pass, fail, unknown, notApplicable, excepted } = totals;
  return `${fail} fail, ${pass} pass, ${unknown} unknown, ${notApplicable} not applicable, ${excepted} excepted`;
}
