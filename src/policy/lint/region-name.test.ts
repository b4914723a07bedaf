import { describe, expect, it } from "vitest";
import { regionProblem } from "./region-name.ts";

describe("regionProblem", () => {
  it.each([
    ["eu-west-1", undefined],
    ["us-gov-west-1", undefined],
    ["cn-north-1", undefined],
    ["aws-global", undefined],
    ["eu-west1", /^is no Region$/],
    ["EU-WEST-1", /^is no Region$/],
    ["eu-west-9", /^is no Region as of \d{4}-/],
  ])("%s: %s", (text, expected) => {
    const problem = regionProblem(text);
    if (expected === undefined) expect(problem).toBeUndefined();
    else expect(problem).toMatch(expected);
  });
});
