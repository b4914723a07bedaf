import { expect, test } from "vitest";
import { parsePolicy } from "./parse.ts";
import { possibleActions } from "./possible-actions.ts";
import type { Level } from "./types.ts";

const actions = ["ec2:RunInstances", "iam:CreateUser", "s3:GetObject", "s3:PutObject"];
const allow = { Effect: "Allow", Action: "*", Resource: "*" };
const condition = { Condition: { Bool: { "aws:SecureTransport": "false" } } };

function level(...statements: readonly object[]): Level {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const { policy } = parsePolicy(text, { type: "SERVICE_CONTROL_POLICY" });
  if (policy === undefined) throw new Error(text);
  return { id: "r-1", policies: [policy] };
}

test.each([
  ["full access", [level(allow)], { free: actions, conditional: [], denied: [] }],
  [
    "a denial without a condition",
    [level(allow, { Effect: "Deny", Action: "s3:*", Resource: "*" })],
    { free: actions.slice(0, 2), conditional: [], denied: actions.slice(2) },
  ],
  [
    "a denial with a condition",
    [level(allow), level(allow, { Effect: "Deny", Action: "s3:*", Resource: "*", ...condition })],
    { free: actions.slice(0, 2), conditional: actions.slice(2), denied: [] },
  ],
  [
    "a denial on some resources",
    [level(allow, { Effect: "Deny", NotAction: "s3:*", Resource: "arn:aws:iam::*:user/x" })],
    { free: actions.slice(2), conditional: actions.slice(0, 2), denied: [] },
  ],
  [
    "a level that allows one service",
    [level(allow), level({ Effect: "Allow", Action: "s3:Get*", Resource: "*" })],
    {
      free: ["s3:GetObject"],
      conditional: [],
      denied: ["ec2:RunInstances", "iam:CreateUser", "s3:PutObject"],
    },
  ],
  [
    "an Allow with a condition",
    [level({ ...allow, ...condition })],
    { free: [], conditional: actions, denied: [] },
  ],
  [
    "a level without policies",
    [{ id: "r-1", policies: [] }],
    { free: [], conditional: [], denied: actions },
  ],
])("%s", (_, levels, expected) => {
  expect(possibleActions(levels, actions)).toEqual(expected);
});
