import { type Severity, severities } from "../core/finding.ts";

/** The next milder severity; `info` stays. */
export function lowered(severity: Severity): Severity {
  return severities[severities.indexOf(severity) + 1] ?? "info";
}

/** Whether a severity is as bad as another or worse. */
export function isAtLeast(severity: Severity, limit: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(limit);
}

/** The worse of severities; `info` of none. */
export function worst(...all: readonly Severity[]): Severity {
  return severities.find((one) => all.includes(one)) ?? "info";
}
