import { describe, expect, it } from "vitest";
import { variable } from "./check.ts";
import { policyVariables } from "./policy-variables.ts";

describe("policyVariables", () => {
  it.each([
    ["plain $ text }", []],
    [`a/${variable("aws:username")}/b`, [{ name: "aws:username", isClosed: true }]],
    [
      variable("aws:PrincipalTag/a, 'b'"),
      [{ name: "aws:PrincipalTag/a", fallback: " 'b'", isClosed: true }],
    ],
    [`${variable("*")}${variable("?")}${variable("$")}`, []],
    ["${aws:username", [{ name: "aws:username", isClosed: false }]],
    [
      `\${a${variable("b")}`,
      [
        { name: "a", isClosed: false },
        { name: "b", isClosed: true },
      ],
    ],
    [variable(""), [{ name: "", isClosed: true }]],
  ])("%s", (text, expected) => {
    expect(policyVariables(text)).toEqual(expected);
  });
});
