import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { variable } from "../../src/policy/lint/check.ts";
import { lintLevels, lintPolicy } from "../../src/policy/lint.ts";
import { parsePolicy } from "../../src/policy/parse.ts";
import type { Policy, PolicyType } from "../../src/policy/types.ts";

const policyTypes: readonly PolicyType[] = [
  "SERVICE_CONTROL_POLICY",
  "RESOURCE_CONTROL_POLICY",
  "IDENTITY_POLICY",
  "RESOURCE_POLICY",
];

const word = fc.oneof(
  fc.constantFrom(
    "*",
    "s3:*",
    "s3:GetObject",
    "iam:PassRole",
    "*:*",
    "ec2:?un*",
    "gone:Do",
    "arn:aws:s3:::b",
    "arn:aws:iam::*:role/*",
    "arn:",
    "arn:aws:iam",
    "true",
    "false",
    "10.0.0.0/8",
    "1.2.3.4/99",
    variable("aws:username"),
    "${",
    variable("a, 'b'"),
    "vpc-1",
    "o-*",
    "2026-01-01",
    "__proto__",
    "\ud800",
    "",
  ),
  fc.string({ maxLength: 12 }),
);
const words = fc.oneof(word, fc.array(word, { maxLength: 4 }));
const operator = fc.constantFrom(
  "StringEquals",
  "stringlike",
  "ArnNotLike",
  "Null",
  "NullIfExists",
  "Bool",
  "IpAddress",
  "NotIpAddress",
  "NumericLessThan",
  "DateEquals",
  "BinaryEquals",
  "ForAllValues:StringEquals",
  "ForAnyValue:Null",
  "Nonsense",
  "constructor",
);
const key = fc.oneof(
  fc.constantFrom(
    "aws:PrincipalArn",
    "aws:SourceIp",
    "aws:SourceVpc",
    "aws:PrincipalTag/",
    "aws:ResourceTag/a",
    "aws:RequestedRegion",
    "s3:prefix",
    "nokey",
    "gone:key",
    "aws:TagKeys",
    "__proto__",
    "aws:",
  ),
  fc.string({ maxLength: 10 }),
);
const conditions = fc.dictionary(operator, fc.dictionary(key, words, { maxKeys: 2 }), {
  maxKeys: 3,
});
const statement = fc.record(
  {
    Sid: fc.string({ maxLength: 6 }),
    Effect: fc.constantFrom("Allow", "Deny"),
    Action: words,
    Resource: words,
    Condition: conditions,
    Principal: fc.constantFrom("*", { AWS: ["*"] }, { Service: [] }, {}),
  },
  { requiredKeys: ["Effect", "Action", "Resource"] },
);
const document = fc
  .record(
    {
      Version: fc.constantFrom("2012-10-17", "2008-10-17"),
      Statement: fc.array(statement, { maxLength: 4 }),
    },
    { requiredKeys: ["Statement"] },
  )
  .map((value) => JSON.stringify(value));

function parsed(text: string, type: PolicyType): Policy | undefined {
  return parsePolicy(text, { type }).policy;
}

describe("lintPolicy on anything", () => {
  it("never throws, and points into the text", () => {
    let linted = 0;
    fc.assert(
      fc.property(document, fc.constantFrom(...policyTypes), (text, type) => {
        const policy = parsed(text, type);
        if (policy === undefined) return;
        linted++;
        for (const { span, summary } of lintPolicy(policy)) {
          expect(summary).not.toMatch(/\n|undefined/);
          expect(span?.end.offset ?? 0).toBeLessThanOrEqual(text.length);
        }
        lintLevels([{ id: "root", policies: [policy, policy] }]);
      }),
      { numRuns: 600 },
    );
    expect(linted).toBeGreaterThan(100);
  });
});

describe("lintPolicy on hostile sizes", () => {
  const cases: readonly [string, () => string][] = [
    ["as many statements as are read", () => `{"Statement":[${statements(18_000)}]}`],
    ["many statements", () => `{"Statement":[${statements(900)}]}`],
    [
      "hostile wildcards in actions",
      () => actions(300, (index) => `s3:${"*a".repeat(60)}${index}`),
    ],
    ["wildcards in prefixes", () => actions(3000, (index) => `*${index}:a*`)],
    ["many wildcards that overlap", () => actions(5000, (index) => `s3:*${index}`)],
    ["long resources", () => resources(20, (index) => `arn:aws:s3:::${"*a?".repeat(900)}${index}`)],
    ["many resources", () => resources(2000, (index) => `arn:aws:s3:::*${index}/*`)],
    ["stars only", () => actions(1, () => `s3:${"*".repeat(60_000)}`)],
  ];
  it.each(cases)(
    "%s: answers in time",
    (_, make) => {
      const policy = parsed(make(), "SERVICE_CONTROL_POLICY");
      expect(policy).toBeDefined();
      if (policy === undefined) return;
      expect(Array.isArray(lintPolicy(policy))).toBe(true);
      expect(Array.isArray(lintLevels([{ id: "root", policies: [policy] }]))).toBe(true);
    },
    20_000,
  );

  it("reports a document of a million statements for its size only", () => {
    const one = parsed(`{"Statement":[${statements(1)}]}`, "SERVICE_CONTROL_POLICY");
    const first = one?.statements[0];
    expect(first).toBeDefined();
    if (one === undefined || first === undefined) return;
    const policy: Policy = {
      ...one,
      statements: Array.from({ length: 1_000_000 }, (_, index) => ({ ...first, index })),
      size: { asSent: 60_000_000, minified: 60_000_000 },
    };
    expect(lintPolicy(policy).map(({ code }) => code)).toEqual(["POLICY_SIZE_EXCEEDS_SCP_QUOTA"]);
    expect(lintLevels([{ id: "root", policies: [policy] }]).length).toBeGreaterThan(0);
  }, 20_000);
});

function statements(count: number): string {
  return Array.from(
    { length: count },
    (_, index) => `{"Effect":"Deny","Action":"s3:A${index}*","Resource":"*"}`,
  ).join();
}

function actions(count: number, action: (index: number) => string): string {
  const list = Array.from({ length: count }, (_, index) => action(index));
  return JSON.stringify({ Statement: { Effect: "Deny", Action: list, Resource: "*" } });
}

function resources(count: number, resource: (index: number) => string): string {
  const list = Array.from({ length: count }, (_, index) => resource(index));
  return JSON.stringify({
    Statement: { Effect: "Deny", Action: "s3:DeleteBucket", Resource: list },
  });
}
