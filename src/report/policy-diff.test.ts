import { describe, expect, it } from "vitest";
import { policyDiff, policyOutline } from "./policy-diff.ts";

const statement = (Sid: string, Action: unknown, more: object = {}): object => ({
  ...{ Sid, Effect: "Deny", Action, Resource: "*" },
  ...more,
});
const policy = (...Statement: object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement });
const shown = (before: string, after: string): string[] =>
  policyDiff(before, after).map(({ sign, text }) => `${sign} ${text}`);

describe("policyDiff", () => {
  it("pairs statements by Sid and shows only what changes in them", () => {
    const lines = shown(
      policy(statement("A", "a:*"), statement("B", ["b:1", "b:2"])),
      policy(statement("B", ["b:2", "b:1", "b:3"]), statement("A", ["a:*"])),
    );
    expect(lines).toEqual([
      "~ statement `B`",
      "    (4 unchanged lines)",
      '        "b:1",',
      '-       "b:2"',
      '+       "b:2",',
      '+       "b:3"',
      "      ],",
      "    (2 unchanged lines)",
      "  (1 unchanged statement)",
    ]);
  });

  it("shows statements that come and go in full", () => {
    const lines = shown(policy(statement("A", "a:*")), policy(statement("B", "b:*")));
    expect(lines[0]).toBe("+ statement `B`");
    expect(lines).toContain('+     "Action": "b:*",');
    expect(lines).toContain("- statement `A`");
  });

  it("compares what is no IAM document line by line", () => {
    const lines = shown('{"tags":{"a":{"tag_key":"A"}}}', '{"tags":{"a":{"tag_key":"B"}}}');
    expect(lines).toContain('-       "tag_key": "A"');
    expect(lines).toContain('+       "tag_key": "B"');
  });

  it("takes any text", () => {
    expect(shown("not json", "still not")).toEqual(["- not json", "+ still not"]);
  });
});

describe("policyOutline", () => {
  it("gives each statement a line", () => {
    const condition = { Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } } };
    const lines = policyOutline(policy(statement("A", ["a:1", "a:2", "a:3", "a:4"], condition)));
    expect(lines).toEqual([
      {
        sign: "+",
        text: "statement `A`: Deny a:1, a:2, a:3 and 1 more on * when StringNotEquals aws:RequestedRegion",
      },
    ]);
  });
});
