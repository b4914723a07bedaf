import { describe, expect, it } from "vitest";
import { mirrorOf, snapshotOf, span } from "../../test/plan/builders.ts";
import { plan } from "./plan.ts";
import { decodePlan, encodePlan } from "./plan-file.ts";

const snapshot = snapshotOf({});
const organizationalUnits = ["A", "B"].map((name) => ({
  path: name === "A" ? ["A"] : ["A", "B"],
  ignore: false,
  remove: false,
  span,
}));
const made = plan({ ...mirrorOf(snapshot), organizationalUnits }, snapshot);
const text = encodePlan(made);

function codeOf(file: string): string | undefined {
  const { plan: found, diagnostics } = decodePlan(file);
  expect(found).toBeUndefined();
  return diagnostics[0]?.code;
}

describe("decodePlan", () => {
  it("gives back what encodePlan wrote", () => {
    expect(decodePlan(text)).toEqual({ plan: JSON.parse(JSON.stringify(made)), diagnostics: [] });
  });

  it.each([
    ["an empty file", "", "ORGRAIL3081"],
    ["a file that is cut off", text.slice(0, text.length / 2), "ORGRAIL3081"],
    ["no JSON", "plan", "ORGRAIL3081"],
    ["other JSON", '{"a":1}', "ORGRAIL3082"],
    ["null", "null", "ORGRAIL3082"],
    ["another version", text.replace('"schemaVersion": 1', '"schemaVersion": 2'), "ORGRAIL3083"],
    ["a missing member", text.replace('"unchanged"', '"unchangedx"'), "ORGRAIL3084"],
    [
      "an action that is none",
      text.replace('"action": "create"', '"action": "hack"'),
      "ORGRAIL3084",
    ],
    ["an altered change", text.replace('"Name": "A"', '"Name": "Z"'), "ORGRAIL3085"],
    ["an added member", text.replace('"unchanged"', '"extra": 1, "unchanged"'), "ORGRAIL3085"],
  ])("names what is wrong with %s", (_, file, code) => {
    expect(codeOf(file)).toBe(code);
  });

  it("refuses changes in the wrong order", () => {
    const reversed = { ...made, changes: [...made.changes].reverse() };
    expect(codeOf(encodePlan(reversed))).toBe("ORGRAIL3086");
  });
});
