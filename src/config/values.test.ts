import { describe, expect, it } from "vitest";
import { loadConfig } from "./load.ts";
import { parseValueOption, parseValuesFile } from "./values.ts";

describe("parseValuesFile", () => {
  it("reads texts, numbers, booleans and lists", () => {
    const { values, diagnostics } = parseValuesFile("a: x\nb: 2\nc: true\nd: [y, z]\n", "v.yaml");
    expect(diagnostics).toEqual([]);
    expect(values).toEqual({ a: "x", b: 2, c: true, d: ["y", "z"] });
  });

  it("reads JSON", () => {
    expect(parseValuesFile('{"a": "x"}', "v.json").values).toEqual({ a: "x" });
  });

  it.each([
    ["a list", "- a\n", "1:1"],
    ["nothing", "", "1:1"],
    ["a mapping as value", "a: {b: c}\n", "1:4"],
    ["nothing as value", "a:\n", "1:3"],
    ["a name with a blank", "a b: c\n", "1:1"],
    ["a name that is a number", "1: c\n", "1:1"],
  ])("reports %s", (_, text, place) => {
    const { diagnostics, values } = parseValuesFile(text, "v.yaml");
    expect(
      diagnostics.map(({ span, code }) => [`${span?.start.line}:${span?.start.column}`, code]),
    ).toEqual([[place, "ORGRAIL1022"]]);
    expect(values).toEqual({});
  });
});

describe("parseValueOption", () => {
  it.each([
    ["a=b", { name: "a", value: "b" }],
    ["a=b=c", { name: "a", value: "b=c" }],
    ["a=", { name: "a", value: "" }],
    ["a=0123", { name: "a", value: "0123" }],
  ])("reads %s", (option, expected) => {
    expect(parseValueOption(option)).toEqual(expected);
  });

  it.each(["a", "=b", "a b=c", "1=c", ""])("reports %j", (option) => {
    expect(parseValueOption(option)).toMatchObject({ diagnostic: { code: "ORGRAIL1022" } });
  });
});

describe("values of a configuration", () => {
  const text = `version: 1\nvalues: {a: own, b: own}\nprotectedRoles: ["$\{{ a }}", "$\{{ b }}"]\n`;

  it("go behind those from outside", () => {
    const { desired } = loadConfig({
      file: "orgrail.yaml",
      text,
      readFile: () => undefined,
      values: { b: "given" },
    });
    expect(desired?.protectedRoles).toEqual(["own", "given"]);
  });
});
