import { describe, expect, it } from "vitest";
import { parsePolicy } from "../parse.ts";
import type { Policy } from "../types.ts";
import { packBins } from "./bins.ts";
import { packPolicies } from "./pack.ts";

const actions = ["ec2:RunInstances", "iam:CreateUser", "s3:GetObject", "s3:PutObject"];

function policy(...statements: readonly object[]): Policy {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const { policy: parsed } = parsePolicy(text, { type: "SERVICE_CONTROL_POLICY" });
  if (parsed === undefined) throw new Error("the policy does not parse");
  return parsed;
}

const deny = (action: string | readonly string[], more: object = {}): object => ({
  Effect: "Deny",
  Action: action,
  Resource: "*",
  ...more,
});

describe("packPolicies", () => {
  it("joins what differs in actions alone and drops what is covered", () => {
    const packing = packPolicies(
      [policy(deny("s3:GetObject"), deny("iam:CreateUser")), policy(deny("s3:*"))],
      { characters: 10_240, actions },
    );
    expect(packing).toMatchObject({
      documents: [
        '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["iam:CreateUser","s3:*"],"Resource":"*"}]}',
      ],
      lowerBound: 1,
      before: { documents: 2 },
      proof: { comparedActions: 4, decidedRequests: 4_000 },
    });
  });

  it("keeps statements with different conditions apart", () => {
    const condition = { Condition: { Bool: { "aws:SecureTransport": "false" } } };
    const packing = packPolicies([policy(deny("s3:*", condition)), policy(deny("iam:*"))], {
      characters: 10_240,
      actions,
    });
    if ("refused" in packing) throw new Error(packing.refused);
    expect(packing.documents).toHaveLength(1);
    expect(JSON.parse(packing.documents[0] ?? "").Statement).toHaveLength(2);
  });

  it("splits a list of actions that no document holds", () => {
    const many = Array.from({ length: 60 }, (_, index) => `s3:Action${index}`);
    const packing = packPolicies([policy(deny(many))], { characters: 500, actions });
    if ("refused" in packing) throw new Error(packing.refused);
    expect(packing.documents.every(({ length }) => length <= 500)).toBe(true);
    expect(packing.documents.length).toBeGreaterThanOrEqual(packing.lowerBound);
  });

  it("does without Sids where that saves a document", () => {
    const named = (sid: string, action: string): object => ({
      Sid: sid.repeat(60),
      ...deny(action, { Condition: { Bool: { [`aws:${action.slice(3)}`]: "true" } } }),
    });
    const policies = [policy(named("A", "s3:a")), policy(named("B", "s3:b"))];
    const packing = packPolicies(policies, { characters: 270, actions });
    if ("refused" in packing) throw new Error(packing.refused);
    expect(packing.documents).toHaveLength(1);
    expect(packing.documents[0]).not.toContain("Sid");
  });

  it.each([
    ["no policy", [], "no policy"],
    [
      "a statement that is too large",
      [policy(deny("s3:*", { Resource: `arn:aws:s3:::${"x".repeat(600)}` }))],
      "characters",
    ],
  ])("refuses %s", (_, policies, why) => {
    expect(packPolicies(policies, { characters: 500, actions })).toEqual({
      refused: expect.stringContaining(why),
    });
  });
});

describe("packBins", () => {
  it.each([
    ["nothing", [], 10, 0],
    ["one", [10], 10, 1],
    ["first fit is enough", [6, 4, 5, 5], 10, 2],
    // Largest first puts 4 and 4 together, and then needs a third bin.
    ["first fit is not", [4, 4, 5, 5, 2, 4, 3, 3], 15, 2],
  ])("%s", (_, sizes, capacity, expected) => {
    const { bins } = packBins(sizes, capacity);
    expect(bins).toHaveLength(expected);
    expect(bins.flat().sort()).toEqual(sizes.map((_size, index) => index).sort());
    for (const bin of bins) {
      expect(bin.reduce((sum, index) => sum + (sizes[index] ?? 0), 0)).toBeLessThanOrEqual(
        capacity,
      );
    }
  });
});
