import { describe, expect, it } from "vitest";
import { parsePolicy } from "../parse.ts";
import type { Policy } from "../types.ts";
import { diffPolicies } from "./diff.ts";

const actions = [
  "ec2:RunInstances",
  "ec2:StopInstances",
  "iam:CreateUser",
  "s3:GetObject",
  "s3:PutObject",
];

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
const allowAll = { Effect: "Allow", Action: "*", Resource: "*" };
const exempt = (...roles: readonly string[]): object => ({
  Condition: { ArnNotLike: { "aws:PrincipalArn": roles } },
});

function summary(before: readonly Policy[], after: readonly Policy[]): readonly unknown[] {
  return diffPolicies(before, after, actions).differences.map(
    ({ effect, direction, actions: known, unknownActions, approximations }) => [
      effect,
      direction,
      [...known, ...unknownActions],
      approximations.length,
    ],
  );
}

describe("what makes no difference", () => {
  it.each([
    [
      "order and spelling",
      [policy(deny(["s3:*", "iam:createuser"]))],
      [policy(deny("iam:CreateUser"), deny("s3:*"))],
    ],
    [
      "two documents for one",
      [policy(deny("s3:*"), deny("iam:*"))],
      [policy(deny("s3:*")), policy(deny("iam:*"))],
    ],
    [
      "a list for its pattern",
      [policy(deny("s3:*"))],
      [policy(deny(["s3:GetObject", "s3:PutObject"]), deny("s3:*"))],
    ],
    [
      "a narrower denial beside a wider one",
      [policy(deny("s3:*"))],
      [policy(deny("s3:*"), deny("s3:GetObject", exempt("arn:aws:iam::*:role/a")))],
    ],
    [
      "case of a condition key",
      [policy(deny("s3:*", { Condition: { Bool: { "aws:SecureTransport": "false" } } }))],
      [policy(deny("s3:*", { Condition: { bool: { "AWS:securetransport": "False" } } }))],
    ],
    [
      "allowing what is denied for all",
      [policy(allowAll, deny("*"))],
      [policy(deny("*"), { ...allowAll, Action: "s3:*" })],
    ],
  ])("%s", (_, before, after) => {
    expect(summary(before, after)).toEqual([]);
  });
});

describe("what makes a difference", () => {
  it.each([
    [
      "a denial more",
      [policy(deny("s3:*"))],
      [policy(deny("s3:*"), deny("iam:*"))],
      [["Deny", "tightened", ["iam:CreateUser"], 0]],
    ],
    [
      "a denial less",
      [policy(deny(["s3:*", "iam:*"]))],
      [policy(deny("s3:*"))],
      [["Deny", "loosened", ["iam:CreateUser"], 0]],
    ],
    [
      "an exemption more",
      [policy(deny("s3:*", exempt("arn:aws:iam::*:role/a")))],
      [policy(deny("s3:*", exempt("arn:aws:iam::*:role/a", "arn:aws:iam::*:role/b")))],
      [["Deny", "loosened", ["s3:GetObject", "s3:PutObject"], 0]],
    ],
    [
      "an exemption less",
      [policy(deny("s3:*", exempt("arn:aws:iam::*:role/a", "arn:aws:iam::*:role/b")))],
      [policy(deny("s3:*", exempt("arn:aws:iam::*:role/a")))],
      [["Deny", "tightened", ["s3:GetObject", "s3:PutObject"], 0]],
    ],
    [
      "another exemption",
      [policy(deny("s3:GetObject", exempt("arn:aws:iam::*:role/a")))],
      [policy(deny("s3:GetObject", exempt("arn:aws:iam::*:role/b")))],
      [["Deny", "changed", ["s3:GetObject"], 0]],
    ],
    [
      "fewer resources",
      [policy(deny("s3:GetObject"))],
      [policy(deny("s3:GetObject", { Resource: "arn:aws:s3:::logs/*" }))],
      [["Deny", "loosened", ["s3:GetObject"], 0]],
    ],
    [
      "an allow-list in place of everything",
      [policy(allowAll)],
      [policy({ ...allowAll, Action: "s3:*" })],
      [["Allow", "tightened", ["ec2:RunInstances", "ec2:StopInstances", "iam:CreateUser"], 0]],
    ],
    [
      "an action that nobody knows",
      [policy(deny("s3:*"))],
      [policy(deny(["s3:*", "macie:DisableMacie"]))],
      [["Deny", "tightened", ["macie:DisableMacie"], 0]],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(summary(before, after)).toEqual(expected);
  });

  it("says which values of a condition changed", () => {
    const before = policy(deny("s3:GetObject", exempt("arn:aws:iam::*:role/a")));
    const after = policy(
      deny("s3:GetObject", exempt("arn:aws:iam::*:role/a", "arn:aws:iam::*:role/b")),
    );
    const [difference] = diffPolicies([before], [after], actions).differences;
    expect(difference?.conditions).toEqual([
      {
        operator: "ArnNotLike",
        key: "aws:PrincipalArn",
        added: ["arn:aws:iam::*:role/b"],
        removed: [],
        change: "values",
      },
    ]);
  });

  it("says where it approximates", () => {
    const before = policy(deny("s3:GetObject", { Resource: "arn:aws:s3:::a*" }));
    const after = policy(
      deny("s3:GetObject", { Resource: "arn:aws:s3:::a?*" }),
      deny("s3:GetObject", { Resource: "arn:aws:s3:::a" }),
    );
    const { differences } = diffPolicies([before], [after], actions);
    expect(differences.every(({ approximations }) => approximations.length > 0)).toBe(true);
  });
});
