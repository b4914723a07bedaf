import { type Finding, severities } from "../core/finding.ts";
import { escapeXml } from "./escape-xml.ts";
import { type FindingTotals, findingTotals, totalsLine } from "./finding-totals.ts";
import { findingsPageScript } from "./findings-page-script.ts";
import { findingsPageStyle } from "./findings-page-style.ts";
import { pageStyle } from "./page-style.ts";

/** Rows of one rule that the page holds, the worst first; the rest is counted. */
const mostRows = 100;

/** Evidence of one row that the page holds, in characters. */
const mostEvidence = 300;

/** What the page says of a rule beside its findings. */
export interface FindingsPageRule {
  readonly id: string;
  readonly why: string;
  /** The block of `orgrail.yaml` that fixes it. */
  readonly config?: string;
}

/** What the page says beside findings. */
export interface FindingsPage {
  readonly title: string;
  /** When what was judged was read; ISO 8601. */
  readonly takenAt?: string;
  readonly rules?: readonly FindingsPageRule[];
}

const words = {
  fail: "✕ fail",
  excepted: "◐ excepted",
  unknown: "? unknown",
  "not-applicable": "– not applicable",
  pass: "✓ pass",
} as const;
type Word = keyof typeof words;
const order = Object.keys(words) as readonly Word[];

/**
 * Renders findings as one HTML page that needs nothing else: a section a rule, the worst first, with
 * why it matters, what to do, and the places with their evidence.
 */
export function renderFindingsHtml(
  findings: readonly Finding[],
  { title, takenAt, rules: known = [] }: FindingsPage,
): string {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = groups.get(finding.rule) ?? [];
    list.push(finding);
    groups.set(finding.rule, list);
  }
  const rules = new Map(known.map((rule) => [rule.id, rule]));
  const sections = [...groups.values()].map((list) => sectionOf(list, rules)).sort(worstFirst);
  const isWrong = sections.filter(({ totals }) => totals.fail > 0);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapeXml(title)}</title>
<style>${pageStyle}${findingsPageStyle}</style>
</head>
<body>
<main>
<h1>${escapeXml(title)}</h1>
<p class="dim">${takenAt === undefined ? "" : `As of <time>${escapeXml(takenAt)}</time>: `}${sections.length} rules, ${isWrong.length} of them broken.</p>
${cards(findings)}
<p class="dim">${totalsLine(findingTotals(findings))}. What is unknown counts neither as good nor as bad; what is excepted is counted apart.</p>
<form role="search" aria-label="Filter">
<label>Text <input id="text" type="search" autocomplete="off"></label>
<label>Severity <select id="severity"><option value="">any</option>${options(severities)}</select></label>
<label>Status <select id="status"><option value="">any</option>${options(order)}</select></label>
</form>
<p id="count" class="dim" role="status"></p>
${sections.map(({ html }) => html).join("\n")}
</main>
<script>${findingsPageScript}</script>
</body>
</html>
`;
}

interface Section {
  readonly html: string;
  readonly totals: FindingTotals;
  readonly rank: number;
  readonly rule: string;
}

/** Broken rules by severity, then what is excepted or not known, then the rest. */
function worstFirst(a: Section, b: Section): number {
  return classOf(a) - classOf(b) || a.rank - b.rank || (a.rule < b.rule ? -1 : 1);
}

function classOf({ totals }: Section): number {
  if (totals.fail > 0) return 0;
  if (totals.excepted > 0) return 1;
  return totals.unknown > 0 ? 2 : 3;
}

function cards(findings: readonly Finding[]): string {
  const open = findings.filter(({ status, exception }) => status === "fail" && !exception);
  const totals = findingTotals(findings);
  const bySeverity = severities
    .map((severity) => [severity, open.filter((one) => one.severity === severity).length] as const)
    .filter(([severity, count]) => count > 0 || severity === "critical" || severity === "high")
    .map(([severity, count]) => [count, `${severity}`] as const);
  const all = [
    ...bySeverity,
    [totals.unknown, "? unknown"] as const,
    [totals.excepted, "◐ excepted"] as const,
    [totals.pass, "✓ pass"] as const,
  ];
  const items = all.map(
    ([count, label]) => `<li><b>${count.toLocaleString("en-US")}</b>${label}</li>`,
  );
  return `<ul class="cards">${items.join("")}</ul>`;
}

function sectionOf(
  findings: readonly Finding[],
  rules: ReadonlyMap<string, FindingsPageRule>,
): Section {
  const [first] = findings;
  const totals = findingTotals(findings);
  if (first === undefined) return { html: "", totals, rank: 0, rule: "" };
  const { rule, severity, title, remedy, compliance = {} } = first;
  const known = rules.get(rule);
  const rows = [...findings]
    .sort((a, b) => order.indexOf(wordOf(a)) - order.indexOf(wordOf(b)))
    .slice(0, mostRows);
  const statuses = order.filter((word) => findings.some((one) => wordOf(one) === word));
  const more = findings.length - rows.length;
  const ids = Object.entries(compliance)
    .map(([name, list]) => `${name} ${list.join(", ")}`)
    .join("; ");
  const html = `<details class="rule" data-severity="${severity}" data-statuses="${statuses.join(" ")}">
<summary><span class="sev sev-${severity}">${severity}</span><span class="t"><b>${escapeXml(title)}</b> <code class="dim">${escapeXml(rule)}</code></span><span>${tally(findings, statuses)}</span></summary>
<div>${known === undefined ? "" : `<p>${escapeXml(known.why)}</p>`}<p><b>To do:</b> ${escapeXml(remedy)}</p>${
    known?.config === undefined ? "" : `<pre>${escapeXml(known.config)}</pre>`
  }${ids === "" ? "" : `<p class="dim">${escapeXml(ids)}</p>`}
<table class="found"><tbody>${rows.map(row).join("")}</tbody></table>${
    more > 0 ? `<p class="dim">and ${more} more: the format jsonl has all</p>` : ""
  }</div></details>`;
  return { html, totals, rank: severities.indexOf(severity), rule };
}

function tally(findings: readonly Finding[], statuses: readonly Word[]): string {
  return statuses
    .map((word) => {
      const count = findings.filter((one) => wordOf(one) === word).length;
      return `<span class="tag s-${word}">${words[word]} ${count}</span>`;
    })
    .join(" ");
}

function wordOf({ status, exception }: Finding): Word {
  return status === "fail" && exception !== undefined ? "excepted" : status;
}

function row(finding: Finding): string {
  const { message, exception, evidence } = finding;
  const word = wordOf(finding);
  const accepted =
    exception === undefined
      ? ""
      : `<div>Accepted${exception.owner === undefined ? "" : ` by ${escapeXml(exception.owner)}`}: ${escapeXml(exception.reason)}${
          exception.expires === undefined ? "" : `, until ${escapeXml(exception.expires)}`
        }</div>`;
  const facts = evidence
    .map(({ what, value, source }) => {
      const text = JSON.stringify(value);
      return `${what}: ${text}${source === undefined ? "" : ` (${source})`}`;
    })
    .join("; ");
  const cut = facts.length > mostEvidence ? `${facts.slice(0, mostEvidence)}…` : facts;
  const seen = cut === "" ? "" : `<div class="evidence">${escapeXml(cut)}</div>`;
  return `<tr><td><span class="tag s-${word}">${words[word]}</span></td><td>${escapeXml(message)}${accepted}${seen}</td></tr>`;
}

function options(list: readonly string[]): string {
  return list.map((one) => `<option>${one}</option>`).join("");
}
