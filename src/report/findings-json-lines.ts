import type { Finding } from "../core/finding.ts";

/** One finding a line, as JSON. */
export function renderFindingsJsonLines(findings: readonly Finding[]): string {
  return findings.map((finding) => `${JSON.stringify(finding)}\n`).join("");
}
