import { expect, test } from "vitest";
import { renderJunit } from "./junit.ts";
import type { TestResult } from "./test-results.ts";

const at = { line: 3, column: 5, offset: 20 };

function result(name: string, passed: boolean): TestResult {
  return {
    file: "a&b.yaml",
    name,
    span: { file: "a&b.yaml", start: at, end: at },
    expect: "denied",
    passed,
    durationMs: 1_500,
    requests: [
      {
        action: "s3:GetObject",
        resource: "*",
        decision: passed ? "explicitDeny" : "allowed",
        reason: 'a "reason" < b',
        passed,
        nearMisses: [],
      },
    ],
  };
}

test("a suite a file, a case a test, counted and timed", () => {
  const xml = renderJunit([result("good", true), result("bad <1>\u0000\ud800", false)]);
  expect(xml).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="orgrail test" tests="2" failures="1" errors="0" skipped="0" time="3.000">
  <testsuite name="a&amp;b.yaml" tests="2" failures="1" errors="0" skipped="0" time="3.000">
    <testcase name="good" classname="a&amp;b.yaml" file="a&amp;b.yaml" line="3" time="1.500"/>
    <testcase name="bad &lt;1&gt;\ufffd\ufffd" classname="a&amp;b.yaml" file="a&amp;b.yaml" line="3" time="1.500">
      <failure message="s3:GetObject on *: expected denied, got allowed" type="decision">s3:GetObject on *: expected denied, got allowed&#10;  a &quot;reason&quot; &lt; b</failure>
    </testcase>
  </testsuite>
</testsuites>
`);
});
