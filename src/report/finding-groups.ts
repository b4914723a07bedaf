import { type Finding, type Severity, severities } from "../core/finding.ts";

/** Findings that say the same of the same thing, at several times. */
export interface FindingGroup {
  /** The latest. */
  readonly finding: Finding;
  readonly count: number;
  readonly firstTime: string;
}

/**
 * Joins findings of one rule, severity, account, principal, resource and exception: the worst first,
 * then the latest.
 */
export function findingGroups(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const finding of [...findings].sort((a, b) => compare(a.time, b.time))) {
    const { rule, severity, status, account, principal, resource, exception } = finding;
    const key = JSON.stringify([rule, severity, status, account, principal, resource, exception]);
    const earlier = groups.get(key);
    groups.set(key, {
      finding,
      count: (earlier?.count ?? 0) + 1,
      firstTime: earlier?.firstTime ?? finding.time,
    });
  }
  return [...groups.values()].sort(
    ({ finding: a }, { finding: b }) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      compare(b.time, a.time) ||
      compare(a.id, b.id),
  );
}

/** How many findings there are of each severity, the worst first; those that are expected apart. */
export interface FindingCounts {
  readonly bySeverity: Readonly<Partial<Record<Severity, number>>>;
  /** Failures without an exception. */
  readonly total: number;
  readonly expected: number;
}

/** Counts findings that fail. */
export function findingCounts(findings: readonly Finding[]): FindingCounts {
  const failed = findings.filter(({ status }) => status === "fail");
  const open = failed.filter(({ exception }) => exception === undefined);
  const bySeverity = Object.fromEntries(
    severities
      .map(
        (severity) => [severity, open.filter((one) => one.severity === severity).length] as const,
      )
      .filter(([, count]) => count > 0),
  );
  return { bySeverity, total: open.length, expected: failed.length - open.length };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
