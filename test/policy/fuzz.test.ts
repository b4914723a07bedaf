import { describe, expect, it } from "vitest";
import { workloadLevels } from "../../bench/lib/policy-workload.ts";
import { compile, type Guardrails } from "../../src/policy/compile.ts";
import { compileGlob, globMatches } from "../../src/policy/glob.ts";
import { parsePolicy } from "../../src/policy/parse.ts";
import type { Policy, PolicyType, Request } from "../../src/policy/types.ts";
import { type Random, random } from "./random.ts";

const types: readonly PolicyType[] = [
  "SERVICE_CONTROL_POLICY",
  "RESOURCE_CONTROL_POLICY",
  "IDENTITY_POLICY",
  "RESOURCE_POLICY",
  "TAG_POLICY",
];
const decisions = ["allowed", "explicitDeny", "implicitDeny", "unknown"];

/** What a caller without types may pass. */
const oddValues: readonly unknown[] = [
  undefined,
  null,
  0,
  Number.NaN,
  true,
  "",
  "*",
  "\ud800",
  "\u0000",
  [],
  [[]],
  {},
  ["a", 1, null],
  Object.create(null),
  JSON.parse('{"__proto__":{"a":1},"constructor":"x"}'),
  "x".repeat(100_000),
];

function oddRequest(source: Random): Request {
  const odd = (): unknown => source.pick(oddValues);
  const context: unknown = source.chance(0.5)
    ? { "aws:PrincipalArn": odd(), __proto__: odd(), "\udfff": odd(), "AWS:principalARN": odd() }
    : odd();
  const request: unknown = {
    principal: odd(),
    action: source.chance(0.5) ? "s3:PutObject" : odd(),
    resource: odd(),
    resourceAccount: odd(),
    principalSession: odd(),
    unknownKeys: source.pick(["unknown", "absent", 7]),
    context,
  };
  return request as Request;
}

/** Puts a policy to every use; throws where the engine does. */
function use(policy: Policy, source: Random): void {
  const level = [{ id: "r-1", policies: [policy] }];
  const inputs = [
    { scps: level, rcps: level },
    { identity: [policy], resource: policy },
  ];
  for (const input of inputs) {
    const guardrails = compile(input);
    for (let i = 0; i < 3; i++) {
      const request = oddRequest(source);
      const decision = guardrails.decide(request);
      expect(decisions).toContain(decision);
      expect(guardrails.explain(request).decision).toBe(decision);
    }
  }
}

function mutate(text: string, source: Random): string {
  const at = source.integer(text.length);
  const to = Math.min(text.length, at + source.integer(20));
  const bits = [
    "{",
    "}",
    "[",
    "]",
    '"',
    ",",
    ":",
    "\\",
    "\\u12",
    "null",
    "1e999",
    "__proto__",
    "\ud800",
    "${",
    "*",
    "/*",
    "\n",
  ];
  switch (source.integer(4)) {
    case 0:
      return text.slice(0, at) + text.slice(to);
    case 1:
      return text.slice(0, at) + source.pick(bits) + text.slice(at);
    case 2:
      return text.slice(0, to) + text.slice(at);
    default:
      return text.slice(0, at) + source.pick(bits) + text.slice(to);
  }
}

describe("any input at all", () => {
  it("random bytes", { timeout: 120_000 }, () => {
    const source = random(1);
    for (let i = 0; i < 4_000; i++) {
      const bytes = source.list(0, 200, () =>
        String.fromCharCode(source.integer(i % 2 ? 128 : 65_536)),
      );
      const { policy, diagnostics } = parsePolicy(bytes.join(""), { type: source.pick(types) });
      expect(policy === undefined ? diagnostics.length : 1).toBeGreaterThan(0);
    }
  });

  it("mutated policies", { timeout: 240_000 }, () => {
    const source = random(2);
    const texts = workloadLevels().flatMap((level) => level.policies.map((policy) => policy.text));
    let understood = 0;
    for (let i = 0; i < 4_000; i++) {
      let text = source.pick(texts);
      for (let n = source.integer(4); n >= 0; n--) text = mutate(text, source);
      const { policy, diagnostics } = parsePolicy(text, { type: source.pick(types) });
      if (policy === undefined) expect(diagnostics.length).toBeGreaterThan(0);
      else {
        understood++;
        if (i % 4 === 0) use(policy, source);
      }
    }
    // Both roads must be walked.
    expect(understood).toBeGreaterThan(400);
    expect(understood).toBeLessThan(3_600);
  });

  it("what is no text", () => {
    for (const value of oddValues) {
      const { policy, diagnostics } = parsePolicy(value as string, { type: "IDENTITY_POLICY" });
      expect(policy).toBeUndefined();
      expect(diagnostics.length).toBeGreaterThan(0);
    }
  });

  it("deep nesting, closed and open", () => {
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "}"],
    ] as const) {
      for (const text of [open.repeat(150_000), `${open.repeat(90_000)}1${close.repeat(90_000)}`]) {
        const { policy, diagnostics } = parsePolicy(text, { type: "TAG_POLICY" });
        expect(policy).toBeUndefined();
        expect(diagnostics[0]?.summary).toContain("nested deeper");
      }
    }
  });

  it("a million statements: refused with a diagnostic; as many as fit are decided", {
    timeout: 120_000,
  }, () => {
    const statement = '{"Effect":"Deny","Action":"s3:*","Resource":"*"}';
    const text = (count: number): string =>
      `{"Statement":[${new Array(count).fill(statement).join(",")}]}`;
    const million = parsePolicy(text(1_000_000), { type: "SERVICE_CONTROL_POLICY" });
    expect(million.policy).toBeUndefined();
    expect(million.diagnostics).toHaveLength(1);
    const { policy } = parsePolicy(text(20_000), { type: "SERVICE_CONTROL_POLICY" });
    expect(policy?.statements).toHaveLength(20_000);
    if (policy === undefined) return;
    const guardrails = compile({ scps: [{ id: "r-1", policies: [policy] }] });
    expect(guardrails.decide(asking("s3:GetObject"))).toBe("explicitDeny");
    expect(guardrails.explain(asking("ec2:RunInstances")).guards[0]?.statements).toHaveLength(
      20_000,
    );
  });
});

function asking(action: string): Request {
  return { principal: "arn:aws:iam::111122223333:role/app", action, resource: "*", context: {} };
}

describe("hostile patterns", () => {
  const length = 200_000;
  const patterns: readonly [string, string][] = [
    ["many stars", `${"*a".repeat(2_000)}*b`],
    ["stars alone", "*".repeat(50_000)],
    ["a long almost-match", `*${"a".repeat(5_000)}b*`],
    ["question marks", `*${"?".repeat(5_000)}b`],
    ["question marks among letters", `*${"a?".repeat(2_000)}b*`],
  ];
  it.each(patterns)("%s", { timeout: 20_000 }, (_name, pattern) => {
    const isStars = /^\*+$/.test(pattern);
    expect(globMatches(compileGlob(pattern), "a".repeat(length))).toBe(isStars);
  });

  it("in a policy, against huge values", { timeout: 60_000 }, () => {
    const values = patterns
      .map(([, pattern]) => pattern)
      .filter((pattern) => pattern.includes("b"));
    const statements = ["StringLike", "ArnLike"].map((operator) => ({
      Effect: "Deny",
      Action: values.map((value) => `s3:${value}`),
      Resource: values.map((value) => `arn:aws:s3:::${value}`),
      Condition: { [operator]: { "x:y": values } },
    }));
    const text = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }, ...statements],
    });
    const { policy } = parsePolicy(text, { type: "SERVICE_CONTROL_POLICY" });
    if (policy === undefined) throw new Error("not parsed");
    const guardrails: Guardrails = compile({ scps: [{ id: "r-1", policies: [policy] }] });
    const huge = "a".repeat(length);
    const request = {
      ...asking(`s3:${huge}`),
      resource: `arn:aws:s3:::${huge}`,
      context: { "x:y": huge },
    };
    expect(guardrails.decide(request)).toBe("allowed");
    expect(guardrails.explain(request).decision).toBe("allowed");
  });
});
