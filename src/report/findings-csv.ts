import type { Finding } from "../core/finding.ts";

const columns = [
  "status",
  "severity",
  "rule",
  "account",
  "accountName",
  "region",
  "resource",
  "message",
  "exception",
  "exceptionOwner",
  "exceptionExpires",
] as const;

/** Renders findings as CSV with a header (RFC 4180). Cells that a spreadsheet would run are quoted. */
export function renderFindingsCsv(findings: readonly Finding[]): string {
  const rows = findings.map((finding) => columns.map((name) => cell(textOf(finding, name))));
  return [columns.join(","), ...rows.map((row) => row.join(","))]
    .map((row) => `${row}\r\n`)
    .join("");
}

function cell(value: string | undefined): string {
  const text = value ?? "";
  const safe = /^[=+@\t\r-]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function textOf(finding: Finding, name: (typeof columns)[number]): string | undefined {
  const { exception } = finding;
  switch (name) {
    case "exception":
      return exception?.reason;
    case "exceptionOwner":
      return exception?.owner;
    case "exceptionExpires":
      return exception?.expires;
    default:
      return finding[name];
  }
}
