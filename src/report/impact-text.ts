import type { BackTestReport } from "../impact/back-test.ts";
import {
  type Coverage,
  type ImpactReport,
  type ImpactRow,
  totalOf,
  type Unjudged,
} from "../impact/report.ts";
import { printable } from "./printable.ts";

/** How an answer is shown. */
export interface ImpactTextOptions {
  /** The name of an account. */
  readonly accountName: (id: string) => string;
  /** Rows of each table; the rest is counted. */
  readonly mostRows: number;
}

const number = (value: number): string => value.toLocaleString("en-US");
const counted = (value: number, one: string): string =>
  `${number(value)} ${one}${value === 1 ? "" : "s"}`;

/** The answer for people: a few lines, then the rows, then what could not be judged. */
export function renderImpact(report: ImpactReport, options: ImpactTextOptions): string {
  const { rows } = report;
  const denied = totalOf(rows, "newlyDenied", "certain");
  const possible = totalOf(rows, "newlyDenied", "possible");
  const allowed = totalOf(rows, "newlyAllowed");
  const already = totalOf(rows, "alreadyDenied");
  const who = ({ calls, principals, accounts }: typeof denied): string =>
    `${counted(calls, "call")} by ${counted(principals, "principal")} in ${counted(accounts, "account")}`;
  const lines = [
    denied.calls === 0
      ? "No call would certainly be denied that is let through today."
      : `${who(denied)} would be denied.`,
    ...(possible.calls === 0
      ? []
      : [`${who(possible)} would possibly be denied: their records lack what decides.`]),
    ...(allowed.calls === 0
      ? []
      : [`${who(allowed)} would be let through, or possibly, that the policies deny today.`]),
    ...(already.calls === 0 ? [] : [`${who(already)} would be denied, but were denied anyway.`]),
    unchangedLine(report),
    ...span(report),
    "",
  ];
  if (rows.length > 0) {
    const shown = rows.slice(0, options.mostRows);
    lines.push(
      ...table(
        ["EFFECT", "ACCOUNT", "PRINCIPAL", "ACTION", "REGION", "CALLS", "FIRST", "LAST", "WHY"],
        shown.map((row) => [
          effectWords(row),
          options.accountName(row.account),
          shortPrincipal(row.principal) + (row.onBehalf ? " (through a service)" : ""),
          row.action,
          regionWords(row),
          number(row.count),
          day(row.first),
          day(row.last),
          why(row),
        ]),
      ),
      ...more(rows.length - shown.length),
      "",
    );
  }
  return [...lines, ...renderCoverage(report.coverage)].join("\n");
}

/** The third answer: what the change does nothing to. */
function unchangedLine({ rows, coverage }: ImpactReport): string {
  const touched = rows.reduce((sum, { count }) => sum + count, 0);
  return `${counted(coverage.judged.calls - touched, "judged call")} would go as before.`;
}

function regionWords({ regions }: ImpactRow): string {
  const [first = "", ...others] = regions;
  return others.length === 0 ? first : `${first} +${others.length}`;
}

function effectWords({ effect, certainty }: ImpactRow): string {
  const words = { newlyDenied: "denied", newlyAllowed: "let through", alreadyDenied: "as before" };
  return certainty === "certain" ? words[effect] : `${words[effect]}?`;
}

function why({ certainty, missing, decidedBy }: ImpactRow): string {
  const by = decidedBy ?? "no policy of a level allows it";
  return certainty === "certain"
    ? by
    : `${missing.join(", ")} not known${decidedBy === undefined ? "" : `; ${decidedBy}`}`;
}

function span({ first, last }: { readonly first?: string; readonly last?: string }): string[] {
  return first === undefined || last === undefined ? [] : [`Logs from ${first} to ${last}.`];
}

/** How much could be judged, and why the rest could not. */
export function renderCoverage({
  all,
  judged,
  exempt,
  unjudged,
  dataEvents,
}: Coverage): readonly string[] {
  return [
    `Judged: ${percent(judged.calls, all.calls)} of ${counted(all.calls, "call")}, ` +
      `${percent(judged.pairs, all.pairs)} of ${counted(all.pairs, "pair")} of service and event.`,
    ...exempt.map((one) => `  not bound by the policies: ${reasonLine(one)}`),
    ...unjudged.map((one) => `  not judged: ${reasonLine(one)} (${one.examples.join(", ")})`),
    ...(dataEvents > 0
      ? []
      : [
          "  The logs hold no data events: reads and writes of objects, items and such are not seen.",
        ]),
  ];
}

function reasonLine({ calls, reason }: Unjudged): string {
  return `${counted(calls, "call")}, ${reason}`;
}

/** The back-test for people: the figure first, then where policies and log disagree. */
export function renderBackTest(report: BackTestReport, options: ImpactTextOptions): string {
  const { recordedDenials: recorded, letThrough, agreement, disagreements } = report;
  const all = recorded.denied + recorded.allowed + recorded.undecided;
  const passed = letThrough.denied + letThrough.allowed;
  const shown = disagreements.slice(0, options.mostRows);
  return [
    agreement === undefined
      ? "Nothing in the logs says what service control policies did."
      : `Agreement of today's policies with the log: ${percent(agreement, 1)}.`,
    `Denials by SCPs that the log records: ${number(all)}; today's policies deny ` +
      `${number(recorded.denied)} (${percent(recorded.denied, all)}), let ${number(recorded.allowed)} through, ` +
      `leave ${number(recorded.undecided)} open${report.unjudgedDenials === 0 ? "" : `; ${number(report.unjudgedDenials)} more could not be judged`}.`,
    `Calls that the log shows let through: ${number(passed + letThrough.undecided)}; today's policies ` +
      `would deny ${number(letThrough.denied)}, leave ${number(letThrough.undecided)} open.`,
    "",
    ...(shown.length === 0
      ? []
      : table(
          ["DISAGREEMENT", "ACCOUNT", "PRINCIPAL", "ACTION", "CALLS", "FIRST", "LAST", "WHY"],
          shown.map((row) => [
            row.kind,
            options.accountName(row.account),
            shortPrincipal(row.principal),
            row.action,
            number(row.count),
            day(row.first),
            day(row.last),
            row.missing.length > 0
              ? `${row.missing.join(", ")} not known`
              : (row.decidedBy ??
                (row.loggedPolicies.join(", ") || "no policy of today denies it")),
          ]),
        )),
    ...more(disagreements.length - shown.length),
    ...(shown.length === 0 ? [] : [""]),
    ...renderCoverage(report.coverage),
  ].join("\n");
}

function more(left: number): readonly string[] {
  return left > 0 ? [`... and ${counted(left, "more row")}: --format csv has all`] : [];
}

function percent(part: number, whole: number): string {
  if (whole === 0) return "0 %";
  // Never 100 % of what is not all.
  const tenths = Math.floor((part / whole) * 1000);
  return `${tenths / 10} %`;
}

/** `role/Deploy` of an ARN. */
function shortPrincipal(arn: string): string {
  return arn.split(":").slice(5).join(":") || arn;
}

function day(time: string | undefined): string {
  return time?.slice(0, 10) ?? "";
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const all = [head, ...rows.map((row) => row.map(printable))];
  const widths = head.map((_, index) =>
    all.reduce((width, row) => Math.max(width, row[index]?.length ?? 0), 0),
  );
  const numeric = head.indexOf("CALLS");
  return all.map((row) =>
    row
      .map((cell, index) =>
        index === numeric ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
}
