// biome-ignore-all lint/suspicious/noTemplateCurlyInString: orgrail's substitution is meant
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeSubstitution, substitute } from "./substitution.ts";

const values = { prefix: "acme", count: 3, on: true, regions: ["eu-west-1", "us-east-1"] };

describe("substitute", () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ["plain", "plain"],
    ["${{ prefix }}", "acme"],
    ["${{prefix}}-audit", "acme-audit"],
    ["a-${{ prefix }}-${{ prefix }}", "a-acme-acme"],
    ["${{ count }}", 3],
    ["n${{ count }}", "n3"],
    ["${{ on }}", true],
    ["${{ regions }}", ["eu-west-1", "us-east-1"]],
    ["$${{ prefix }}", "${{ prefix }}"],
    ["a$${{ prefix }}${{ prefix }}", "a${{ prefix }}acme"],
    ["${aws:PrincipalTag/team}", "${aws:PrincipalTag/team}"],
    ["${*} ${?} ${$}", "${*} ${?} ${$}"],
    ["{{ prefix }}", "{{ prefix }}"],
  ];
  it.each(cases)("%s gives %j", (text, expected) => {
    expect(substitute(text, values)).toEqual({ value: expected, problems: [] });
  });

  const problems: readonly (readonly [string, string, string, number])[] = [
    ["x ${{ nope }}", "unknown", "nope", 2],
    ["${{ prefix", "unclosed", "prefix", 0],
    ["${{ a + b }}", "badName", "a + b", 0],
    ["${{ }}", "badName", "", 0],
    ["in ${{ regions }}", "listInText", "regions", 3],
    ["${{ constructor }}", "unknown", "constructor", 0],
    ["${{ __proto__ }}", "unknown", "__proto__", 0],
  ];
  it.each(problems)("%s is a problem: %s", (text, kind, name, offset) => {
    expect(substitute(text, values).problems).toEqual([{ kind, name, offset }]);
  });

  it("does not substitute what it put in", () => {
    expect(substitute("${{ a }} ", { a: "${{ b }}", b: "no" }).value).toBe("${{ b }} ");
  });

  it("gives an escaped text back", () => {
    const text = fc
      .array(fc.constantFrom("$", "{", "}", "$" + "{{", " a ", "}}"))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (original) => {
        expect(substitute(escapeSubstitution(original), values)).toEqual({
          value: original,
          problems: [],
        });
      }),
    );
  });
});
