import { describeEvents } from "../trails/event-classes.ts";
import type { PricedGroup, ReportedTrail, TrailsReport } from "../trails/report.ts";
import { escapeXml } from "./escape-xml.ts";
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

const style = `body{font:14px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem;color-scheme:light dark}
.scroll{overflow:auto}table{border-collapse:collapse;width:100%}caption{text-align:left;padding:.3rem 0}
th,td{border:1px solid #8886;padding:.3rem .5rem;vertical-align:top;text-align:left}td.id{white-space:nowrap}
small{opacity:.75}summary{cursor:pointer}ul{margin:.2rem 0;padding-left:1.2rem}
.unsafe,.failing,.stopped{font-weight:700;color:#c62828}.weak,.unknown,.incomplete{color:#a15c00}.safe,.logging{color:#2e7d32}`;

/** Renders trails as one HTML page that needs nothing else, and no script. */
export function renderTrailsHtml(report: TrailsReport): string {
  const title = `Trails of ${report.organizationId}`;
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeXml(title)}</title>`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<style>${style}</style></head><body>`,
    `<h1>${escapeXml(title)}</h1><p>${escapeXml(summaryWords(report))}.</p>`,
    `<div class="scroll"><table><caption>Every trail once; open one for what is known of it</caption>`,
    "<thead><tr>",
    ...["Trail", "Account", "Where", "Status", "Takes", "Writes to", "Same as"].map(
      (head) => `<th scope="col">${head}</th>`,
    ),
    `</tr></thead><tbody>${report.trails.map(row).join("")}</tbody></table></div>`,
    "<h2>The same events more than once</h2>",
    report.groups.length === 0 ? "<p>None.</p>" : "",
    `<ol>${report.groups.map((group) => groupItem(report, group)).join("")}</ol>`,
    "<h2>Not known</h2>",
    report.unknown.length === 0 ? "<p>Nothing.</p>" : list(report.unknown),
    "</body></html>",
    "",
  ].join("\n");
}

function row(trail: ReportedTrail): string {
  const { destination, events, groups, removal } = trail;
  const safety = destination?.safety ?? "unknown";
  const holder = destination?.account === undefined ? "" : `, in ${destination.account}`;
  const more = [
    `it ${removalWords(trail)}`,
    ...removal.loses.map((text) => `would be lost: ${text}`),
    ...removal.open.map((text) => `ask: ${text}`),
  ];
  return (
    `<tr><td class="id"><details><summary>${escapeXml(trail.name)}</summary>${list(more)}` +
    `<small>${escapeXml(trail.arn)}</small></details></td>` +
    `<td>${escapeXml(trail.accountName)}<br><small>${escapeXml(trail.account)}, ${trail.kind}</small></td>` +
    `<td>${escapeXml(trail.isMultiRegion === true ? `all Regions, from ${trail.homeRegion}` : trail.homeRegion)}</td>` +
    `<td><span class="${trail.status}">${trail.status}</span><br><small>${escapeXml(statusWords(trail))}</small></td>` +
    `<td>${escapeXml(events === null ? "not read" : describeEvents(events))}</td>` +
    `<td><span class="${safety}">${safety}</span><br><small>${escapeXml(`s3://${destination?.bucket ?? "?"}${holder}`)}</small>` +
    `${remarks(trail)}</td>` +
    `<td>${groups.map((number) => `<a href="#group-${number}">${number}</a>`).join(" ")}</td></tr>`
  );
}

/** What is bad is seen at once, what is weak when it is asked for. */
function remarks({ destination }: ReportedTrail): string {
  const all = destination?.remarks ?? [];
  const bad = all.filter(({ level }) => level !== "weak").map(({ text }) => text);
  const weak = all.filter(({ level }) => level === "weak").map(({ text }) => text);
  if (weak.length === 0) return list(bad);
  const title = weak.length === 1 ? "1 weakness" : `${weak.length} weaknesses`;
  return `${list(bad)}<details><summary>${title}</summary>${list(weak)}</details>`;
}

function groupItem(report: TrailsReport, group: PricedGroup): string {
  const { money, copies, free, inexact } = group;
  const later = fromNowOnWords(money);
  const names = trailNames(report, group.trails).join(" and ");
  return (
    `<li id="group-${group.number}"><strong>${escapeXml(names)}</strong>: ${copies} copies of ` +
    `${escapeXml(classWords(group))} ${escapeXml(placeWords(report, group))}` +
    list(
      [
        `${copies - free} of ${copies} paid for`,
        moneyWords(money),
        money.source === "bill" ? checkWords(money) : undefined,
        later,
        inexact,
      ].filter((text) => text !== undefined),
    ) +
    "</li>"
  );
}

function list(texts: readonly string[]): string {
  if (texts.length === 0) return "";
  return `<ul>${texts.map((text) => `<li>${escapeXml(text)}</li>`).join("")}</ul>`;
}
