import colors from "picocolors";
import { type Finding, severities } from "../core/finding.ts";
import { findingTotals, totalsLine } from "./finding-totals.ts";
import { wrapText } from "./wrap-text.ts";

/** How an audit is shown. */
export interface AuditTextOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** So many places of one rule are shown. */
const shownPlaces = 5;

const groups = [
  ["fail", "", (one: Finding) => one.status === "fail" && one.exception === undefined],
  ["excepted", "Excepted:", (one: Finding) => one.exception !== undefined],
  ["unknown", "Unknown:", (one: Finding) => one.status === "unknown"],
] as const;

/**
 * Shows what an audit found for people: what fails by rule, the worst first, with the first places;
 * then what is excepted and what is not known; the totals at the end.
 */
export function renderAudit(findings: readonly Finding[], options: AuditTextOptions): string {
  const paint = colors.createColors(options.color);
  const lines: string[] = [];
  for (const [kind, heading, isOne] of groups) {
    const rules = byRule(findings.filter(isOne));
    if (rules.length > 0 && heading !== "") lines.push(paint.bold(heading), "");
    for (const list of rules) {
      const [first] = list;
      if (first === undefined) continue;
      const level = kind === "unknown" ? paint.dim(first.severity) : paint.red(first.severity);
      lines.push(
        `${level} ${paint.bold(first.rule)} ${paint.dim(list.length === 1 ? "1 place" : `${list.length} places`)}`,
      );
      for (const one of list.slice(0, kind === "unknown" ? 1 : shownPlaces)) {
        const { exception } = one;
        const why =
          exception === undefined
            ? ""
            : ` (${exception.reason}, ${exception.owner ?? ""} until ${exception.expires ?? ""})`;
        lines.push(...body(`${one.message}${why}`, options));
      }
      const more = list.length - shownPlaces;
      if (more > 0 && kind !== "unknown") lines.push(paint.dim(`  and ${more} more`));
      if (kind === "fail") lines.push(...body(`To do: ${first.remedy}`, options).map(paint.dim));
      lines.push("");
    }
  }
  const failing = severities.flatMap((severity) => {
    const count = findings.filter(
      (one) => one.severity === severity && one.status === "fail" && one.exception === undefined,
    ).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  if (failing.length > 0) lines.push(`Failing: ${failing.join(", ")}.`);
  return `${[...lines, totalsLine(findingTotals(findings))].join("\n")}\n`;
}

function byRule(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = found.get(finding.rule) ?? [];
    list.push(finding);
    found.set(finding.rule, list);
  }
  const rank = (list: readonly Finding[]): number =>
    severities.indexOf(list[0]?.severity ?? "info");
  return [...found.values()].sort((a, b) => rank(a) - rank(b));
}

/** Names are made by people anywhere in the organization: control characters reach no terminal. */
function body(text: string, { width }: AuditTextOptions): readonly string[] {
  return wrapText(text.replace(/[\p{Cc}\p{Cf}]+/gu, " "), width - 2).map((line) => `  ${line}`);
}
