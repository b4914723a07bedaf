import type { Snapshot } from "../../core/snapshot.ts";
import type { Newcomer, TrendPoint } from "../../coverage/trend.ts";
import type { Why } from "../../coverage/why.ts";
import { summaryLine } from "../../report/coverage-text.ts";

/** A cell as it is listed. */
export interface ListedCell {
  readonly name: string;
  readonly service: string;
  readonly region: string | null;
  readonly state: string;
  readonly reason: string;
}

/** Cells, a line each. */
export function cellLines(cells: readonly ListedCell[]): string {
  return cells
    .map(
      ({ name, service, region, state, reason }) =>
        `${state.padEnd(14)} ${service}  ${name}${region === null ? "" : `  ${region}`}: ${reason}\n`,
    )
    .join("");
}

/** What a cell rests on. */
export function whyLines(
  found: Why & { readonly intended: string | null },
  { takenAt }: Snapshot,
): string {
  const { account, service, region, verdict, calls, intended, autoEnable } = found;
  const where = [
    account === undefined ? "the organization" : `${account.name} (${account.id})`,
    region,
  ]
    .filter((one) => one !== undefined)
    .join(", ");
  const lines = [`${service} in ${where}: ${verdict.state}`, `  ${verdict.reason}`];
  for (const { what, value, source } of verdict.evidence) {
    lines.push(`  ${what}: ${JSON.stringify(value)}${source === undefined ? "" : `  (${source})`}`);
  }
  if (intended !== null) lines.push(`  the file: ${intended}`);
  if (autoEnable !== undefined) lines.push(`  new accounts: ${autoEnable}`);
  lines.push(`  snapshot of ${takenAt}`);
  for (const [operation, of, at, seconds, digest] of calls) {
    const time = new Date(Date.parse(takenAt) + seconds * 1_000).toISOString();
    lines.push(`  ${operation} in ${of}, ${at}, at ${time}, answer ${digest}`);
  }
  return lines.join("\n");
}

/** The trend, a line a snapshot. */
export function trendLines(points: readonly TrendPoint[]): string {
  return `Trend\n${points.map(({ takenAt, total }) => `  ${takenAt}: ${summaryLine(total)}\n`).join("")}`;
}

/** New accounts, a line each. */
export function newcomerLines(found: readonly Newcomer[]): string {
  const most = 10;
  const lines = found.slice(0, most).map(({ account, waitedMs, open, unknown, isWaiting }) => {
    const days = Math.floor(waitedMs / 86_400_000);
    const age = days >= 2 ? `${days} days` : `${Math.floor(waitedMs / 3_600_000)} hours`;
    return isWaiting
      ? `  ${account.name}: waiting for ${age}; ${open} cells off or partial, ${unknown} unknown\n`
      : `  ${account.name}: complete, seen ${age} after it joined\n`;
  });
  const rest = found.length > most ? `  and ${found.length - most} more\n` : "";
  return `New accounts of the last 90 days\n${lines.join("")}${rest}`;
}
