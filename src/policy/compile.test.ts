import { describe, expect, it } from "vitest";
import { compile } from "./compile.ts";
import { parsePolicy } from "./parse.ts";
import type { Request } from "./types.ts";

function guardrails(condition: object): ReturnType<typeof compile> {
  const Statement = [
    { Effect: "Allow", Action: "*", Resource: "*" },
    { Effect: "Deny", Action: "s3:Delete*", Resource: "*", Condition: condition },
  ];
  const text = JSON.stringify({ Version: "2012-10-17", Statement });
  const { policy } = parsePolicy(text, { type: "SERVICE_CONTROL_POLICY" });
  if (policy === undefined) throw new Error(text);
  return compile({ scps: [{ id: "r-root", policies: [policy] }] });
}

function asking(region: string, action = "s3:DeleteObject"): Request {
  const principal = "arn:aws:iam::111122223333:role/app";
  return { principal, action, resource: "*", context: { "AWS:requestedREGION": region } };
}

describe("compile", () => {
  it("restricts nothing when nothing is given", () => {
    expect(compile({}).decide(asking("x"))).toBe("allowed");
    expect(compile({ scps: [], rcps: [], boundaries: [] }).decide(asking("x"))).toBe("allowed");
  });

  it("keeps nothing of a request for the next", () => {
    const { decide, explain } = guardrails({ Null: { "aws:RequestedRegion": "true" } });
    const without = { ...asking("x"), context: {} };
    expect(decide(without)).toBe("explicitDeny");
    expect(decide(asking("eu-west-1"))).toBe("allowed");
    expect(explain(without).decision).toBe("explicitDeny");
    expect(explain(asking("eu-west-1")).decision).toBe("allowed");
    expect(decide({ ...without, unknownKeys: "unknown" })).toBe("unknown");
    expect(decide(without)).toBe("explicitDeny");
  });

  it("stays right when its caches overflow", { timeout: 30_000 }, () => {
    const { decide } = guardrails({ StringLike: { "aws:RequestedRegion": "*7" } });
    for (let i = 0; i < 6_000; i++) {
      const expected = i % 10 === 7 ? "explicitDeny" : "allowed";
      expect(decide(asking(`region-${i}`, `s3:DeleteObject${i}`))).toBe(expected);
    }
    expect(decide(asking("region-7"))).toBe("explicitDeny");
    expect(decide(asking("region-8"))).toBe("allowed");
  });

  it.each([
    ["arn:aws:s3:::home/bob/x", "unknown"],
    ["arn:aws:s3:::logs/bob/x", "allowed"],
    ["arn:aws:lambda:eu-west-1:111122223333:function:home/bob", "allowed"],
    ["*", "allowed"],
  ])("doubts a variable that is not known only where it could match: %s", (resource, expected) => {
    const Resource = ["arn:aws:s3:::home/$", "{aws:username}/*"].join("");
    const Statement = [
      { Effect: "Allow", Action: "*", Resource: "*" },
      { Effect: "Deny", Action: "*", Resource },
    ];
    const text = JSON.stringify({ Version: "2012-10-17", Statement });
    const { policy } = parsePolicy(text, { type: "SERVICE_CONTROL_POLICY" });
    if (policy === undefined) throw new Error(text);
    const { decide } = compile({ scps: [{ id: "r-root", policies: [policy] }] });
    expect(decide({ ...asking("x"), resource, unknownKeys: "unknown" })).toBe(expected);
  });

  it("denies a request without an action, and binds a caller without a name", () => {
    const { decide } = guardrails({ Null: { "aws:RequestedRegion": "true" } });
    const nothing: unknown = undefined;
    expect(decide(nothing as Request)).toBe("implicitDeny");
    expect(decide({ ...asking("x"), action: "" })).toBe("implicitDeny");
    expect(decide({ ...asking("x"), principal: "", context: {} })).toBe("explicitDeny");
  });
});
