// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are meant
import { describe, expect, it } from "vitest";
import { parsePolicy } from "../parse.ts";
import type { Statement } from "../types.ts";
import { denyCovers } from "./deny-covers.ts";

function statement(members: object): Statement {
  const text = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Action: "iam:DeleteRole", Resource: "*", ...members }],
  });
  const { policy } = parsePolicy(text, { type: "SERVICE_CONTROL_POLICY" });
  const [first] = policy?.statements ?? [];
  if (first === undefined) throw new Error("the statement does not parse");
  return first;
}

describe("denyCovers", () => {
  it.each([
    ["everything covers all", {}, { Resource: "arn:aws:iam::*:role/x" }, true],
    ["case of actions", { Action: "IAM:Delete*" }, { Action: "iam:deleteRole" }, true],
    [
      "case of resources",
      { Resource: "arn:aws:iam::*:role/A" },
      { Resource: "arn:aws:iam::*:role/a" },
      false,
    ],
    [
      "part by part",
      { Resource: "arn:aws:iam::*:role/*" },
      { Resource: "arn:aws:iam::1*:role/a/b" },
      true,
    ],
    // A `*` of one part does not reach into the next.
    [
      "across colons",
      { Resource: "arn:aws:i*:role/x" },
      { Resource: "arn:aws:iam::1:role/x" },
      false,
    ],
    [
      "a variable",
      { Resource: "arn:aws:iam::*:role/${aws:PrincipalTag/a}" },
      { Resource: "arn:aws:iam::*:role/x" },
      false,
    ],
    [
      "fewer exceptions",
      { Action: undefined, NotAction: ["iam:*"] },
      { Action: undefined, NotAction: ["iam:*", "s3:*"] },
      true,
    ],
    [
      "more exceptions",
      { Action: undefined, NotAction: ["iam:*", "s3:*"] },
      { Action: undefined, NotAction: ["iam:*"] },
      false,
    ],
  ])("%s", (_, wide, narrow, expected) => {
    expect(denyCovers(statement(wide), statement(narrow))).toBe(expected);
  });
});
