import { describeEvents } from "../trails/event-classes.ts";
import type { ReportedTrail, TrailsReport } from "../trails/report.ts";
import { escapeXml } from "./escape-xml.ts";
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

const style = `body{font:14px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:90rem;padding:0 1rem;color-scheme:light dark}
.scroll{overflow:auto}table{border-collapse:collapse}th,td{border:1px solid #8886;padding:.2rem .5rem;vertical-align:top;text-align:left}
.unsafe,.failing,.stopped{font-weight:700;color:#c62828}.weak,.unknown{color:#a15c00}`;

/** Renders trails as one HTML page that needs nothing else. */
export function renderTrailsHtml(report: TrailsReport): string {
  const title = `Trails of ${report.organizationId}`;
  const cell = (text: string, head: string): string => {
    const marked = head === "status" || head === "safety" ? ` class="${escapeXml(text)}"` : "";
    return `<td${marked}>${escapeXml(text)}</td>`;
  };
  const rows = report.trails.map(
    (trail) =>
      `<tr>${cells(trail)
        .map((text, at) => cell(text, heads[at] ?? ""))
        .join("")}</tr>`,
  );
  const groups = report.groups.map(
    (group) =>
      `<li>${escapeXml(trailNames(report, group.trails).join(" and "))}: ${group.copies} copies of ` +
      `${escapeXml(classWords(group))} ${escapeXml(placeWords(report, group))}; ` +
      `${escapeXml(moneyWords(group.money))}; ${escapeXml(checkWords(group.money))}</li>`,
  );
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeXml(title)}</title>`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<style>${style}</style></head><body>`,
    `<h1>${escapeXml(title)}</h1><p>As of <time>${escapeXml(report.takenAt)}</time>.</p>`,
    `<div class="scroll"><table><caption>All trails, each once</caption><thead><tr>`,
    heads.map((head) => `<th scope="col">${escapeXml(head)}</th>`).join(""),
    `</tr></thead><tbody>${rows.join("")}</tbody></table></div>`,
    `<h2>The same events more than once</h2><ol>${groups.join("")}</ol>`,
    `<h2>Not known</h2><ul>${report.unknown.map((text) => `<li>${escapeXml(text)}</li>`).join("")}</ul>`,
    "</body></html>",
    "",
  ].join("\n");
}
