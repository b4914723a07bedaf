import { describe, expect, it } from "vitest";
import { compile } from "../compile.ts";
import { lintPolicy } from "../lint.ts";
import { parsePolicy } from "../parse.ts";
import type { Policy } from "../types.ts";

const key = "aws:SourceVpce";
const meanings: Readonly<Record<string, (isPresent: boolean) => boolean>> = {
  EQUIVALENT_TO_NULL_FALSE: (isPresent) => isPresent,
  EQUIVALENT_TO_NULL_TRUE: (isPresent) => !isPresent,
  REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION: () => true,
  REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION: () => false,
};

function parsed(operator: string, values: readonly string[]): Policy {
  const text = JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Deny",
      Action: "s3:*",
      Resource: "*",
      Condition: { [operator]: { [key]: values } },
    },
  });
  const { policy } = parsePolicy(text, { type: "SERVICE_CONTROL_POLICY" });
  if (policy === undefined) throw new Error("not parsed");
  return policy;
}

function denies(policy: Policy, isPresent: boolean): boolean {
  const full = parsePolicy(
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
    { type: "SERVICE_CONTROL_POLICY" },
  ).policy;
  const guardrails = compile({
    scps: [{ id: "r-root", policies: full === undefined ? [policy] : [full, policy] }],
  });
  const decision = guardrails.decide({
    principal: "arn:aws:iam::111122223333:role/app",
    action: "s3:GetObject",
    resource: "arn:aws:s3:::data/key",
    context: isPresent ? { [key]: "vpce-0a1b2c3d" } : {},
  });
  expect(["allowed", "explicitDeny"]).toContain(decision);
  return decision === "explicitDeny";
}

const operators = ["", "ForAllValues:", "ForAnyValue:"].flatMap((qualifier) =>
  ["StringLike", "StringNotLike"].flatMap((base) =>
    ["", "IfExists"].map((suffix) => `${qualifier}${base}${suffix}`),
  ),
);

describe("a condition with `*`", () => {
  it.each(operators)("%s means what the engine does", (operator) => {
    for (const values of [["*"], ["vpce-1", "**"]]) {
      const policy = parsed(operator, values);
      const found = lintPolicy(policy).filter(({ code }) => Object.hasOwn(meanings, code));
      expect(found).toHaveLength(1);
      const means = meanings[found[0]?.code ?? ""];
      for (const isPresent of [true, false]) {
        expect(denies(policy, isPresent)).toBe(means?.(isPresent));
      }
    }
  });

  it("is nothing special without wildcards", () => {
    const codes = lintPolicy(parsed("StringEquals", ["*"])).map(({ code }) => code);
    expect(codes.filter((code) => Object.hasOwn(meanings, code))).toEqual([]);
  });
});
