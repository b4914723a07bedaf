import { describeEvents } from "../trails/event-classes.ts";
import type { ReportedTrail, TrailsReport } from "../trails/report.ts";
import {
  checkWords,
  classWords,
  moneyWords,
  placeWords,
  removalWords,
  statusWords,
  trailNames,
} from "./trails-words.ts";

const heads = [
  "trail",
  "account",
  "account name",
  "kind",
  "home Region",
  "all Regions",
  "status",
  "since",
  "last delivery",
  "error",
  "takes",
  "bucket",
  "bucket's account",
  "key",
  "safety",
  "faults",
  "advice",
] as const;

function cells(trail: ReportedTrail): readonly string[] {
  const { destination, events } = trail;
  return [
    trail.name,
    trail.account,
    trail.accountName,
    trail.kind,
    trail.homeRegion,
    trail.isMultiRegion === null ? "unknown" : String(trail.isMultiRegion),
    trail.status,
    trail.since ?? "",
    trail.latestDelivery ?? "",
    trail.error ?? "",
    events === null ? "unknown" : describeEvents(events),
    destination?.bucket ?? "",
    destination?.account ?? "",
    destination?.key ?? "",
    destination?.safety ?? "unknown",
    trail.faults.join(" "),
    removalWords(trail),
  ];
}

/** Renders trails as CSV by RFC 4180, a line a trail. */
export function renderTrailsCsv({ trails }: TrailsReport): string {
  const lines = [heads, ...trails.map(cells)].map((row) => row.map(field).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

/** A spreadsheet takes a text that begins like a formula for one: names come from other people. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Renders trails, groups and what is not known as GitHub's Markdown. */
export function renderTrailsMarkdown(report: TrailsReport): string {
  const lines = [
    `# Trails of ${report.organizationId}, ${report.takenAt}`,
    "",
    "| Trail | Account | Kind | Status | Takes | Bucket | Safety | Same as |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...report.trails.map((trail) => {
      const { events, destination, groups } = trail;
      const row = [
        trail.name,
        trail.accountName,
        trail.kind,
        statusWords(trail),
        events === null ? "unknown" : describeEvents(events),
        destination?.bucket ?? "",
        destination?.safety ?? "unknown",
        groups.map((number) => `group ${number}`).join(", "),
      ];
      return `| ${row.map(plain).join(" | ")} |`;
    }),
    "",
    ...report.groups.flatMap((group) => [
      `## ${group.number}. ${plain(trailNames(report, group.trails).join(" and "))}`,
      "",
      `${group.copies} copies of ${plain(classWords(group))} ${plain(placeWords(report, group))}; ` +
        `${plain(moneyWords(group.money))}; ${plain(checkWords(group.money))}.`,
      "",
    ]),
    ...report.unknown.map((text) => `- not known: ${plain(text)}`),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

function plain(text: string): string {
  return text.replaceAll(/[\\|`*_<>[\]]/g, "\\$&").replaceAll(/[\r\n]+/g, " ");
}
