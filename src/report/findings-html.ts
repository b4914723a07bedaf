import type { Finding } from "../core/finding.ts";
import { escapeXml } from "./escape-xml.ts";
import { findingTotals, totalsLine } from "./finding-totals.ts";

/** Rows of one rule that the page holds; the rest is counted. */
const mostRows = 200;

const style = `body{font:14px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color-scheme:light dark}
summary{cursor:pointer;padding:.3rem 0}table{border-collapse:collapse;width:100%}td{border-top:1px solid #8884;padding:.2rem .5rem;vertical-align:top}
.fail{color:#c62828}.pass{color:#2e7d32}.unknown{color:#a15c00}code{font-size:.95em}`;

/** Renders findings as one HTML page that needs nothing else: a section a rule, bad ones open. */
export function renderFindingsHtml(findings: readonly Finding[], title: string): string {
  const rules = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = rules.get(finding.rule) ?? [];
    list.push(finding);
    rules.set(finding.rule, list);
  }
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeXml(title)}</title>`,
    `<meta name="viewport" content="width=device-width"><style>${style}</style></head><body>`,
    `<h1>${escapeXml(title)}</h1><p>${totalsLine(findingTotals(findings))}</p>`,
    ...[...rules.values()].map(section),
    "</body></html>",
    "",
  ].join("\n");
}

function section(findings: readonly Finding[]): string {
  const [first] = findings;
  if (first === undefined) return "";
  const totals = findingTotals(findings);
  const rows = [...findings]
    .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
    .slice(0, mostRows)
    .map(row);
  const more = findings.length - rows.length;
  return [
    `<details${totals.fail > 0 ? " open" : ""}><summary><code>${escapeXml(first.rule)}</code> `,
    `${escapeXml(first.title)} (${first.severity}): ${totalsLine(totals)}</summary>`,
    `<p>${escapeXml(first.remedy)}</p><table>${rows.join("")}</table>`,
    more > 0 ? `<p>and ${more} more</p>` : "",
    "</details>",
  ].join("");
}

const order: readonly Finding["status"][] = ["fail", "unknown", "not-applicable", "pass"];

function row({ status, message, exception }: Finding): string {
  const word = exception === undefined ? status : "excepted";
  const why = exception === undefined ? "" : ` (${exception.reason})`;
  return `<tr><td class="${word}">${word}</td><td>${escapeXml(`${message}${why}`)}</td></tr>`;
}
