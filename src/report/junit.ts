import { escapeXml } from "./escape-xml.ts";
import { failureLines, type TestResult } from "./test-results.ts";

/**
 * Renders test results as JUnit XML, which build servers show: a suite a file, a case a test.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function renderJunit(results: readonly TestResult[]): string {
  const files = [...new Set(results.map(({ file }) => file))];
  const suites = files.map((file) =>
    suite(
      file,
      results.filter((one) => one.file === file),
    ),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="orgrail test" ${totals(results)}>`,
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
}

function suite(file: string, results: readonly TestResult[]): string {
  const cases = results.map((test) => {
    const head = `    <testcase name="${escapeXml(test.name)}" classname="${escapeXml(file)}" file="${escapeXml(file)}" line="${test.span.start.line}" time="${seconds([test])}"`;
    if (test.passed) return `${head}/>`;
    const failed = test.requests.filter(({ passed }) => !passed);
    const lines = failed.flatMap((request) => failureLines(test, request));
    return [
      `${head}>`,
      `      <failure message="${escapeXml(lines[0] ?? "")}" type="decision">${escapeXml(lines.join("\n"))}</failure>`,
      "    </testcase>",
    ].join("\n");
  });
  return [
    `  <testsuite name="${escapeXml(file)}" ${totals(results)}>`,
    ...cases,
    "  </testsuite>",
  ].join("\n");
}

function totals(results: readonly TestResult[]): string {
  const failures = results.filter(({ passed }) => !passed).length;
  return `tests="${results.length}" failures="${failures}" errors="0" skipped="0" time="${seconds(results)}"`;
}

function seconds(results: readonly TestResult[]): string {
  const milliseconds = results.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return (milliseconds / 1_000).toFixed(3);
}
