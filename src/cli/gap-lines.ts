import type { Gap } from "../core/read.ts";
import type { Paint } from "./paint.ts";

const shownSubjects = 3;

/**
 * Gaps for people, grouped: what failed and how, where, and the permission that is missing. Empty
 * when there are none.
 */
export function gapLines(gaps: readonly Gap[], paint: Paint): string[] {
  if (gaps.length === 0) return [];
  const groups = new Map<string, Gap[]>();
  for (const gap of gaps) {
    // Messages of AWS hold ids of requests; those of files say what is wrong with them.
    const message = gap.operation === "file:Read" ? gap.message : "";
    const key = [gap.kind, gap.operation, gap.missingPermission ?? "", message].join("\n");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [gap]);
    else group.push(gap);
  }
  const reads = gaps.length === 1 ? "1 read gave no answer" : `${gaps.length} reads gave no answer`;
  return [
    paint.yellow(`gaps: ${reads}; what rests on them is unknown, not absent`),
    ...[...groups.values()].flatMap((group) => groupLines(group, paint)),
  ];
}

function groupLines(group: readonly Gap[], paint: Paint): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const subjects = group.slice(0, shownSubjects).map(place);
  const more = group.length > subjects.length ? ` and ${group.length - subjects.length} more` : "";
  const times = group.length === 1 ? "" : ` (${group.length} times)`;
  const lines = [`  ${first.operation}: ${first.kind}${times}: ${subjects.join(", ")}${more}`];
  lines.push(paint.dim(`    ${first.message}`));
  if (first.missingPermission !== undefined) {
    lines.push(`    missing permission: ${first.missingPermission}`);
  }
  return lines;
}

function place(gap: Gap): string {
  const account =
    gap.accountName === undefined || gap.account === undefined
      ? gap.account
      : `${gap.accountName} (${gap.account})`;
  return [account, gap.region, gap.subject].filter((part) => part !== undefined).join(" ");
}
