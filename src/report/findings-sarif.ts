import type { Finding, Severity } from "../core/finding.ts";
import { exceptionText } from "./exception-text.ts";
import type { FindingRule, FindingTool } from "./finding-rule.ts";

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  info: "note",
};

/** Scores by which code hosts sort security findings. */
const scores: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "3.0",
  info: "0.0",
};

/**
 * Renders findings as a SARIF 2.1.0 log. They stand in no file: their places are accounts and
 * resources, as logical locations.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderFindingsSarif(
  findings: readonly Finding[],
  tool: FindingTool,
  rules: readonly FindingRule[],
): string {
  const failed = findings.filter(({ status }) => status === "fail");
  const used = new Set(failed.map(({ rule }) => rule));
  const described = rules.filter(({ id }) => used.has(id));
  const indexes = new Map(described.map(({ id }, index) => [id, index]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "orgrail",
            version: tool.version,
            rules: described.map(({ id, title, why, helpUri }) => ({
              id,
              shortDescription: { text: title },
              fullDescription: { text: why },
              ...(helpUri === undefined ? {} : { helpUri }),
            })),
          },
        },
        results: failed.map((finding) => result(finding, indexes.get(finding.rule))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function result(finding: Finding, index: number | undefined): object {
  const { exception, rule, severity } = finding;
  const place = [finding.account, finding.region, finding.resource]
    .filter((one) => one !== undefined)
    .join("/");
  return {
    ruleId: rule,
    ...(index === undefined ? {} : { ruleIndex: index }),
    level: levels[severity],
    message: { text: `${finding.message} ${finding.remedy}` },
    ...(place === ""
      ? {}
      : { locations: [{ logicalLocations: [{ fullyQualifiedName: place, kind: "resource" }] }] }),
    partialFingerprints: { "orgrail/v1": finding.id },
    properties: { "security-severity": scores[severity], time: finding.time },
    ...(exception === undefined
      ? {}
      : { suppressions: [{ kind: "external", justification: exceptionText(exception) }] }),
  };
}
