import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.ts";

describe("nearest", () => {
  it.each([
    ["PuContactInformation", "PutContactInformation"],
    ["accessanalyzer", "access-analyzer"],
    ["getobjekt", "GetObject"],
    ["zzzzzzzz", undefined],
    ["", undefined],
    ["x".repeat(500), undefined],
  ])("%s: %s", (word, expected) => {
    const words = ["GetObject", "PutContactInformation", "access-analyzer", "PutObject"];
    expect(nearest(word, words)).toBe(expected);
  });
});
