import fc from "fast-check";
import { expect, test } from "vitest";
import { loadPolicyTests } from "./policy-tests.ts";

test("fills in what a test does not say", () => {
  const { tests, diagnostics } = loadPolicyTests(
    `version: 1
tests:
  - name: one
    ou: Workloads
    action: s3:GetObject
    context: { "aws:SecureTransport": true, "s3:max-keys": 5, "aws:TagKeys": [a, b] }
    expect: allowed
`,
    "a.policytest.yaml",
  );
  expect(diagnostics).toEqual([]);
  expect(tests).toMatchObject([
    {
      place: { kind: "ou", path: "Workloads" },
      principal: "role/anyone",
      actions: ["s3:GetObject"],
      resources: ["*"],
      identity: [],
      unknownKeys: "unknown",
      context: { "aws:SecureTransport": "true", "s3:max-keys": "5", "aws:TagKeys": ["a", "b"] },
      span: { file: "a.policytest.yaml", start: { line: 3, column: 5 } },
    },
  ]);
});

test("tests share members by anchors", () => {
  const { tests } = loadPolicyTests(
    `version: 1
tests:
  - &base { name: one, ou: Root, action: "s3:GetObject", expect: denied }
  - { <<: *base, name: two, action: ["s3:PutObject", "s3:GetObject"] }
`,
    "a.yaml",
  );
  expect(tests?.map(({ name, actions, expect: wanted }) => [name, actions, wanted])).toEqual([
    ["one", ["s3:GetObject"], "denied"],
    ["two", ["s3:PutObject", "s3:GetObject"], "denied"],
  ]);
});

test.each([
  ["", "the file is empty"],
  ["- a", "the file is not a mapping"],
  ["version: 1", "`tests` is missing"],
  ["version: 2\ntests: []", "`version`"],
  ["version: 1\ntests: []", "`tests` is empty"],
  ["version: 1\ntests:\n  - { name: a, action: 's3:Get', expect: denied }", "does not say where"],
  [
    "version: 1\ntests:\n  - { name: a, account: 1, action: 's3:Get', expect: denied }",
    "`account` must be text",
  ],
])("%j: %s", (text, summary) => {
  const { tests, diagnostics } = loadPolicyTests(text, "a.yaml");
  expect(tests).toBeUndefined();
  expect(diagnostics.map((one) => one.summary).join("\n")).toContain(summary);
  for (const { span } of diagnostics) expect(span?.file).toBe("a.yaml");
});

test("what is of the wrong type is not also missing", () => {
  const text = "version: 1\ntests:\n  - { name: a, account: 1, action: 's3:Get', expect: denied }";
  expect(loadPolicyTests(text, "a.yaml").diagnostics).toHaveLength(1);
});

test("never throws, whatever the text", () => {
  const line = fc.constantFrom(
    "version: 1",
    "tests:",
    "  - name: a",
    "    account: [x",
    "    ou: {",
    "    context: { a: }",
    "    action: &a *a",
    "\t",
    "  - <<: *b",
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(line).map((lines) => lines.join("\n")),
  );
  fc.assert(
    fc.property(text, (input) => {
      const { tests, diagnostics } = loadPolicyTests(input, "a.yaml");
      expect(tests !== undefined || diagnostics.length > 0).toBe(true);
    }),
  );
});
