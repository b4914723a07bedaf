import { describe, expect, it } from "vitest";
import { compile } from "./compile.ts";
import type { Explanation } from "./explanation.ts";
import type { CompileInput } from "./guard.ts";
import { parsePolicy } from "./parse.ts";
import type { Policy, Request } from "./types.ts";

function scp(name: string, ...statements: object[]): Policy {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const { policy } = parsePolicy(text, { type: "SERVICE_CONTROL_POLICY", name });
  if (policy === undefined) throw new Error(text);
  return policy;
}

const full = scp("FullAWSAccess", { Effect: "Allow", Action: "*", Resource: "*" });

function explain(input: CompileInput, more: Partial<Request> = {}): Explanation {
  const request = {
    principal: "arn:aws:iam::111122223333:role/app",
    action: "s3:GetObject",
    resource: "arn:aws:s3:::bucket/key",
    context: {},
    ...more,
  };
  return compile(input).explain(request);
}

const regionDeny = scp(
  "Regions",
  { Sid: "Other", Effect: "Deny", Action: "ec2:*", Resource: "*" },
  {
    Sid: "Region",
    Effect: "Deny",
    NotAction: "iam:*",
    Resource: "*",
    Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } },
  },
);
const input = {
  scps: [
    { id: "r-root", policies: [full] },
    { id: "ou-prod", policies: [full, regionDeny] },
  ],
};

describe("explain", () => {
  it("names the statement that denies, with its place and policy", () => {
    const found = explain(input, { context: { "aws:RequestedRegion": "us-east-1" } });
    expect(found.decision).toBe("explicitDeny");
    expect(found.reason).toBe(
      "statement `Region` of `Regions` in the service control policies of ou-prod denies the request",
    );
    expect(found.decidedBy).toMatchObject({
      kind: "scp",
      level: "ou-prod",
      policy: "Regions",
      index: 1,
      sid: "Region",
      effect: "Deny",
    });
    expect(regionDeny.text.slice(found.decidedBy?.start.offset)).toMatch(/^\{"Sid":"Region"/);
  });

  it("shows every level and statement, matched or why not", () => {
    const found = explain(input, { context: { "aws:RequestedRegion": "eu-west-1" } });
    expect(found.decision).toBe("allowed");
    expect(found.guards.map(({ level, outcome }) => [level, outcome])).toEqual([
      ["r-root", "allows"],
      ["ou-prod", "allows"],
    ]);
    expect(found.guards[1]?.statements.map(({ matched, why }) => [matched, why])).toEqual([
      ["yes", "action and resource match"],
      ["no", "the action is not in `Action`"],
      ["no", "`StringNotEquals` fails: `aws:RequestedRegion` is `eu-west-1`"],
    ]);
  });

  it("names the keys on which an unknown depends", () => {
    const found = explain(input, { unknownKeys: "unknown" });
    expect(found.decision).toBe("unknown");
    expect(found.unknownKeys).toEqual(["aws:requestedregion"]);
    expect(found.decidedBy?.sid).toBe("Region");
    expect(found.reason).toContain("`aws:requestedregion`");
  });

  it("names the key of a policy variable", () => {
    const home = ["arn:aws:s3:::home/$", "{aws:username}/*"].join("");
    const policy = scp("Home", { Effect: "Allow", Action: "s3:*", Resource: home });
    const found = explain(
      { scps: [{ id: "r-root", policies: [policy] }] },
      { unknownKeys: "unknown", resource: "arn:aws:s3:::home/bob/key" },
    );
    expect(found.unknownKeys).toEqual(["aws:username"]);
  });

  it("does not call a certain denial unknown", () => {
    const scps = [...input.scps, { id: "111122223333", policies: [] }];
    const found = explain({ scps }, { unknownKeys: "unknown" });
    expect(found.decision).toBe("implicitDeny");
    expect(found.reason).toBe(
      "nothing in the service control policies of 111122223333 allows `s3:GetObject`, and every level must",
    );
    expect(found.unknownKeys).toEqual([]);
  });

  it("says why policies do not apply", () => {
    const found = explain(
      { ...input, managementAccount: "111122223333" },
      { context: { "aws:RequestedRegion": "us-east-1" } },
    );
    expect(found.decision).toBe("allowed");
    expect(found.guards[1]?.outcome).toBe("notApplicable");
    expect(found.guards[1]?.why).toBe("SCPs do not restrict the management account");
  });

  it("says that AWS has no such operator", () => {
    const odd = scp("Odd", {
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { StringEqual: { "a:b": "c" } },
    });
    const found = explain({ scps: [{ id: "r-root", policies: [full, odd] }] });
    expect(found.decision).toBe("unknown");
    expect(found.guards[0]?.statements[1]?.why).toBe("`StringEqual` is no operator of AWS");
  });

  it("tells a key with several values from one that differs", () => {
    const tags = scp("Tags", {
      Effect: "Allow",
      Action: "*",
      Resource: "*",
      Condition: { StringEquals: { "aws:TagKeys": ["a"] } },
    });
    const found = explain(
      { scps: [{ id: "r-root", policies: [tags] }] },
      { context: { "aws:TagKeys": ["a", "b"] } },
    );
    expect(found.guards[0]?.statements[0]?.why).toContain(
      "which takes ForAllValues or ForAnyValue",
    );
  });

  it("is plain data", () => {
    const found = explain(input, { unknownKeys: "unknown" });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
});
