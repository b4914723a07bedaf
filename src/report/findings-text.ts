import colors from "picocolors";
import { type Finding, type Severity, severities } from "../core/finding.ts";
import { type FindingGroup, findingCounts, findingGroups } from "./finding-groups.ts";
import { wrapText } from "./wrap-text.ts";

/** How findings are shown. */
export interface FindingTextOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

type Paint = ReturnType<typeof colors.createColors>;

/**
 * Shows findings for people, the worst first; what repeats is shown once with its count, and what is
 * expected at the end with its reason. Ends with the counts.
 */
export function renderFindings(findings: readonly Finding[], options: FindingTextOptions): string {
  const paint = colors.createColors(options.color);
  const failed = findings.filter(({ status }) => status === "fail");
  const open = findingGroups(failed.filter(({ exception }) => exception === undefined));
  const expected = findingGroups(failed.filter(({ exception }) => exception !== undefined));
  const blocks = [
    ...open.map((group) => block(group, options, paint)),
    ...(expected.length === 0
      ? []
      : [
          [
            paint.bold("Expected:"),
            ...expected.flatMap((group) => expectedLines(group, options, paint)),
          ].join("\n"),
        ]),
  ];
  return `${[...blocks, summary(findings, paint)].join("\n\n")}\n`;
}

/** The same finding by finding as they come: each alone, without counts. */
export function renderFindingStream(
  findings: readonly Finding[],
  options: FindingTextOptions,
): string {
  const paint = colors.createColors(options.color);
  return findings
    .map((finding) => {
      const [group] = findingGroups([finding]);
      if (group === undefined) return "";
      if (finding.exception === undefined) return `${block(group, options, paint)}\n\n`;
      return `${[paint.bold("expected"), ...expectedLines(group, options, paint)].join("\n")}\n\n`;
    })
    .join("");
}

/** The counts in a line: "2 critical, 1 high, 3 expected". */
export function findingSummary(findings: readonly Finding[]): string {
  return summary(findings, colors.createColors(false));
}

function block(group: FindingGroup, { width }: FindingTextOptions, paint: Paint): string {
  const { finding } = group;
  const tint = tintOf(finding.severity, paint);
  const place = [placeOf(finding), finding.region].filter((one) => one !== undefined).join(", ");
  const indent = "  ";
  const body = (text: string): string[] =>
    wrapText(printable(text), width - indent.length).map((line) => `${indent}${line}`);
  return [
    `${paint.bold(tint(finding.severity))} ${paint.bold(finding.rule)}`,
    ...body([place, times(group)].filter((one) => one !== "").join(", ")).map(paint.dim),
    ...body(finding.message),
    ...body(finding.remedy).map((line) => paint.dim(line)),
  ].join("\n");
}

function expectedLines(
  group: FindingGroup,
  { width }: FindingTextOptions,
  paint: Paint,
): readonly string[] {
  const { rule, exception, message } = group.finding;
  const until = exception?.expires === undefined ? "" : ` until ${exception.expires}`;
  const owner = exception?.owner === undefined ? "" : `, ${exception.owner}`;
  const text = printable(`${message} (${exception?.reason ?? ""}${owner}${until})`);
  return [
    `  ${rule} ${paint.dim(printable(times(group)))}`,
    ...wrapText(text, width - 4).map((line) => `    ${line}`),
  ];
}

function times({ finding, count, firstTime }: FindingGroup): string {
  const time = finding.time === "" ? "at an unknown time" : finding.time;
  return count === 1 ? time : `${count} times, ${firstTime} to ${time}`;
}

function placeOf({ account, accountName }: Finding): string | undefined {
  if (account === undefined) return undefined;
  return accountName === undefined ? account : `${accountName} (${account})`;
}

function summary(findings: readonly Finding[], paint: Paint): string {
  const { bySeverity, total, expected } = findingCounts(findings);
  const parts = severities.flatMap((severity) => {
    const count = bySeverity[severity];
    return count === undefined ? [] : [tintOf(severity, paint)(`${count} ${severity}`)];
  });
  if (expected > 0) parts.push(`${expected} expected`);
  return total + expected === 0 ? paint.green("nothing found") : parts.join(", ");
}

function tintOf(severity: Severity, paint: Paint): (text: string) => string {
  switch (severity) {
    case "critical":
    case "high":
      return paint.red;
    case "medium":
      return paint.yellow;
    default:
      return paint.cyan;
  }
}

/** What an event holds may be made by an intruder: control characters reach no terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, " ");
}
