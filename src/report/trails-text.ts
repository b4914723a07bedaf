import type { ReportedTrail, TrailsReport } from "../trails/report.ts";
import {
  checkWords,
  classWords,
  fromNowOnWords,
  moneyWords,
  placeWords,
  removalWords,
  statusWords,
  summaryWords,
  trailNames,
} from "./trails-words.ts";
import { wrapText } from "./wrap-text.ts";

/** So many lines of one kind are shown. */
const most = 20;

/**
 * Renders all trails for a terminal: a table, then which take the same events and what that costs,
 * then what needs a look, then what is not known.
 *
 * @param width in columns; the table fits 80
 */
export function renderTrails(report: TrailsReport, width: number): string {
  const lines = [...table(report.trails)];
  const part = (
    title: string,
    paragraphs: readonly (readonly string[])[],
    total = paragraphs.length,
  ): void => {
    if (total === 0) return;
    lines.push("", title);
    for (const [first = "", ...rest] of paragraphs.slice(0, most)) {
      lines.push(...indented(first, 2, width), ...rest.flatMap((text) => indented(text, 5, width)));
    }
    if (total > most) lines.push(`  and ${total - most} more`);
  };
  part("The same events more than once", groupParagraphs(report), report.groups.length);
  part("Needs a look", lookParagraphs(report));
  part(
    "Event data stores, which keep copies too and are charged by the gigabyte",
    (report.stores ?? []).map(({ name, status, organization, retentionDays }) => [
      `${name}: ${status}, ${organization ? "of the organization" : "of one account"}, keeps ${retentionDays} days`,
    ]),
  );
  part(
    "Not known",
    report.unknown.map((text) => [text]),
  );
  lines.push("", ...indented(summaryWords(report), 0, width));
  return `${lines.join("\n")}\n`;
}

function indented(text: string, by: number, width: number): readonly string[] {
  const room = Math.max(width - by, 20);
  return wrapText(text, room).map((line, index) => {
    const more = index > 0 && by === 2 ? 3 : 0;
    return `${" ".repeat(by + more)}${line}`;
  });
}

const kinds = { organization: "org", local: "own", unknown: "?" };

function table(trails: readonly ReportedTrail[]): readonly string[] {
  const heads = ["TRAIL", "ACCOUNT", "KIND", "WHERE", "STATUS", "LOGS", "SAME AS"];
  const widths = [18, 14, 4, 14, 8, 7, 9];
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, at) => cut(text, widths[at] ?? 0).padEnd(widths[at] ?? 0))
      .join(" ")
      .trimEnd();
  if (trails.length === 0) return ["no trail was seen"];
  return [
    line(heads),
    ...trails.map((trail) =>
      line([
        trail.name,
        trail.accountName,
        kinds[trail.kind],
        trail.isMultiRegion === true ? "all Regions" : trail.homeRegion,
        trail.status,
        trail.destination?.safety ?? "unknown",
        trail.groups.length > 3
          ? `${trail.groups.length} groups`
          : trail.groups.map((number) => `#${number}`).join(" "),
      ]),
    ),
  ];
}

function cut(text: string, width: number): string {
  return width === 0 || text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

function groupParagraphs(report: TrailsReport): readonly (readonly string[])[] {
  return report.groups.slice(0, most).map((group) => {
    const { number, copies, free, money, trails, inexact } = group;
    const names = trailNames(report, trails);
    const isCharged = money.source === "unknown" || money.amount !== null;
    const paid = `${copies - free} of ${copies} paid for, ${
      free === 1 ? "one free (AWS does not say which)" : "none is free"
    }`;
    const later = fromNowOnWords(money);
    return [
      `#${number} ${names.join(" and ")}: ${copies} copies of ${classWords(group)} ${placeWords(report, group)}`,
      paid,
      ...(isCharged ? [moneyWords(money)] : []),
      ...(money.source === "bill" ? [checkWords(money)] : []),
      ...(later === undefined ? [] : [later]),
      ...(inexact === undefined ? [] : [inexact]),
      ...adviceLines(report.trails.filter(({ arn }) => trails.includes(arn))),
    ];
  });
}

/** Trails that must stay are named only where no other of them could go. */
function adviceLines(trails: readonly ReportedTrail[]): readonly string[] {
  const loose = trails.filter(({ removal }) => removal.verdict !== "keep");
  if (loose.length === 0) return ["each of them takes something that no other takes"];
  const rests =
    loose.length === trails.length && loose.some((one) => one.removal.verdict === "possible");
  return [
    ...loose.map((trail) => `${trail.name} ${removalWords(trail)}`),
    ...(rests ? ["each of them rests on the others: one at a time, and look again"] : []),
  ];
}

function lookParagraphs(report: TrailsReport): readonly (readonly string[])[] {
  const found = report.trails.flatMap((trail): (readonly string[])[] => {
    const bad = trail.destination?.remarks.filter(({ level }) => level === "unsafe") ?? [];
    const isSick = trail.status === "failing" || trail.status === "stopped";
    const elsewhere = Object.entries(trail.otherwise).filter(([, what]) => what === "stopped");
    if (!isSick && bad.length === 0 && elsewhere.length === 0) return [];
    return [
      [
        `${trail.name} of ${trail.accountName}`,
        ...(isSick ? [statusWords(trail)] : []),
        ...elsewhere.map(([region]) => `stopped in ${region}`),
        ...bad.map(({ text }) => `s3://${trail.destination?.bucket}: ${text}`),
        ...(isSick && trail.groups.length === 0 ? [`it ${removalWords(trail)}`] : []),
      ],
    ];
  });
  const hints = report.unexplained.map(({ name, account, regions, elsewhere }) => [
    `${name} (${account}) paid for copies of management events`,
    ...(regions.length === 0
      ? []
      : [`in ${inWords(regions)}, where no second trail was seen: one that is gone, or unread`]),
    ...(elsewhere.length === 0
      ? []
      : [`in ${inWords(elsewhere)}, where nobody looked: name governedRegions`]),
  ]);
  return [...found, ...hints];
}

/** The first few, and how many more. */
function inWords(names: readonly string[]): string {
  const rest = names.length - 5;
  return rest <= 0 ? names.join(", ") : `${names.slice(0, 5).join(", ")} and ${rest} more`;
}

/** Renders all that is known of one trail: what it rests on, and what to ask before it goes. */
export function renderTrail(
  report: TrailsReport,
  trail: ReportedTrail,
  events: string,
  width: number,
): string {
  const { destination, removal } = trail;
  const holder = destination?.account === undefined ? "" : ` in ${destination.account}`;
  const lines = [
    `${trail.name} of ${trail.accountName} (${trail.account}), ${trail.kind}, ${
      trail.isMultiRegion === true ? "all Regions, at home in " : ""
    }${trail.homeRegion}`,
    `  ${trail.arn}`,
    `  ${statusWords(trail)}`,
    ...Object.entries(trail.otherwise).map(([region, what]) => `  ${region}: ${what}`),
    `  takes ${events}`,
    `  Insights: ${trail.insights === null ? "not read" : trail.insights.join(", ") || "none"}`,
    `  writes to s3://${destination?.bucket ?? "?"}${holder}: ${destination?.safety ?? "unknown"}`,
    ...(destination?.remarks ?? []).map(({ level, text }) => `    ${level}: ${text}`),
    ...(trail.logGroup === "" ? [] : [`  writes to ${trail.logGroup}`]),
    ...(trail.logGroupError === undefined ? [] : [`    and cannot: ${trail.logGroupError}`]),
    ...(trail.snsTopic === "" ? [] : [`  tells ${trail.snsTopic}`]),
  ];
  for (const group of report.groups.filter(({ trails }) => trails.includes(trail.arn))) {
    const others = trailNames(
      report,
      group.trails.filter((arn) => arn !== trail.arn),
    );
    lines.push(
      `  #${group.number} takes what ${others.join(" and ")} takes: ${classWords(group)} ${placeWords(report, group)}`,
      `    ${moneyWords(group.money)}`,
      `    ${checkWords(group.money)}`,
    );
  }
  lines.push(`  it ${removalWords(trail)}`);
  lines.push(...removal.loses.map((text) => `    would be lost: ${text}`));
  lines.push(...removal.open.map((text) => `    ask: ${text}`));
  return lines.flatMap((line) => folded(line, width)).join("\n");
}

/** A line at its own depth; what does not fit goes on two columns further in. */
function folded(line: string, width: number): readonly string[] {
  const depth = line.length - line.trimStart().length;
  const parts = wrapText(line.trimStart(), Math.max(width - depth - 2, 20));
  return parts.map((part, index) => `${" ".repeat(index === 0 ? depth : depth + 2)}${part}`);
}
