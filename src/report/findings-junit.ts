import type { Finding } from "../core/finding.ts";
import { escapeXml } from "./escape-xml.ts";
import { exceptionText } from "./exception-text.ts";

/**
 * Renders findings as JUnit XML: a suite a rule, a case a finding. What fails without an exception is
 * a failure; what is not known, not applicable or expected is skipped with its reason.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function renderFindingsJunit(findings: readonly Finding[], command: string): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(command)}" ${totals(findings)}>`,
    ...rules.flatMap((rule) =>
      suite(
        rule,
        findings.filter((one) => one.rule === rule),
      ),
    ),
    "</testsuites>",
    "",
  ].join("\n");
}

function suite(rule: string, findings: readonly Finding[]): readonly string[] {
  return [
    `  <testsuite name="${escapeXml(rule)}" ${totals(findings)}>`,
    ...findings.flatMap(testCase),
    "  </testsuite>",
  ];
}

function testCase(finding: Finding): readonly string[] {
  const { account, accountName, region, resource, time } = finding;
  const place = [accountName ?? account, region, resource].filter((one) => one !== undefined);
  const name = [...place, time].join(" ") || finding.id;
  const head = `    <testcase name="${escapeXml(name)}" classname="${escapeXml(finding.rule)}"`;
  const skipped = skipReason(finding);
  if (finding.status === "pass") return [`${head}/>`];
  if (skipped !== undefined) {
    return [`${head}>`, `      <skipped message="${escapeXml(skipped)}"/>`, "    </testcase>"];
  }
  const text = escapeXml(`${finding.message}\n${finding.remedy}`);
  return [
    `${head}>`,
    `      <failure message="${escapeXml(finding.message)}" type="${finding.severity}">${text}</failure>`,
    "    </testcase>",
  ];
}

function skipReason({ status, message, exception }: Finding): string | undefined {
  if (status === "unknown" || status === "not-applicable") return `${status}: ${message}`;
  return status === "fail" && exception !== undefined
    ? `expected: ${exceptionText(exception)}`
    : undefined;
}

function totals(findings: readonly Finding[]): string {
  const skipped = findings.filter((one) => skipReason(one) !== undefined).length;
  const failures = findings.filter(
    (one) => one.status === "fail" && one.exception === undefined,
  ).length;
  return `tests="${findings.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
}
