import { failureLines, type TestResult } from "../../report/test-results.ts";
import type { Paint } from "../paint.ts";
import { counted } from "../words.ts";

/** Test results for a terminal: each test of each file, failures with what decided, and a count. */
export function renderTests(results: readonly TestResult[], paint: Paint): string {
  const files = [...new Set(results.map(({ file }) => file))];
  const blocks = files.map((file) =>
    [
      paint.bold(file),
      ...results.filter((one) => one.file === file).flatMap((test) => testLines(test, paint)),
    ].join("\n"),
  );
  const failed = results.filter(({ passed }) => !passed).length;
  const passed = results.length - failed;
  const total = `${counted(results.length, "test")}: ${[
    ...(passed > 0 ? [paint.green(`${passed} passed`)] : []),
    ...(failed > 0 ? [paint.red(`${failed} failed`)] : []),
  ].join(", ")}`;
  return [...blocks, total].join("\n\n");
}

function testLines(test: TestResult, paint: Paint): readonly string[] {
  if (test.passed) {
    const requests = test.requests.length === 1 ? "" : ` (${test.requests.length} requests)`;
    return [`  ${paint.green("pass")}  ${test.name}${paint.dim(requests)}`];
  }
  const { line, column } = test.span.start;
  return [
    `  ${paint.red("FAIL")}  ${test.name}  ${paint.dim(`${test.file}:${line}:${column}`)}`,
    ...test.requests
      .filter(({ passed }) => !passed)
      .flatMap((request) => failureLines(test, request))
      .map((text) => `        ${text}`),
  ];
}
