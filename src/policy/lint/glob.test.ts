import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { globCovers, globMatches, globsOverlap } from "./glob.ts";

/** The same by regular expression. */
function matchesSlowly(pattern: string, text: string): boolean {
  const source = [...pattern]
    .map((char) =>
      char === "*" ? "[^]*" : char === "?" ? "[^]" : char.replace(/[\\^$.|+()[\]{}]/g, "\\$&"),
    )
    .join("");
  return new RegExp(`^${source}$`).test(text);
}

const pattern = fc.string({ unit: fc.constantFrom("a", "b", ":", "*", "?"), maxLength: 8 });
const text = fc.string({ unit: fc.constantFrom("a", "b", ":"), maxLength: 8 });

describe("globMatches", () => {
  it("agrees with a regular expression", () => {
    fc.assert(
      fc.property(pattern, text, (p, t) => globMatches(p, t) === matchesSlowly(p, t)),
      { numRuns: 5000 },
    );
  });
});

describe("globCovers", () => {
  it.each([
    ["s3:*", "s3:Get*", true],
    ["s3:Get*", "s3:*", false],
    ["*", "s3:GetObject", true],
    ["s3:?et", "s3:Get", true],
    ["s3:?et", "s3:*et", false],
    ["a*b", "a*b*b", true],
    ["a?", "a*", false],
  ])("%s covers %s: %s", (wide, narrow, expected) => {
    expect(globCovers(wide, narrow)).toBe(expected);
  });

  it("never says yes wrongly", () => {
    fc.assert(
      fc.property(pattern, pattern, text, (wide, narrow, t) => {
        if (!globCovers(wide, narrow) || !globMatches(narrow, t)) return true;
        return globMatches(wide, t);
      }),
      { numRuns: 50_000 },
    );
  });
});

describe("globsOverlap", () => {
  it.each([
    ["arn:*:s3:::*", "arn:aws:s3:::b/*", true],
    ["role/*", "roles/x", false],
    ["a*b", "*ab", true],
    ["a?c", "ab*", true],
    ["abc", "abd", false],
    ["", "*", true],
    ["", "?", false],
  ])("%s and %s: %s", (a, b, expected) => {
    expect(globsOverlap(a, b)).toBe(expected);
    expect(globsOverlap(b, a)).toBe(expected);
  });

  it("is true wherever a text matches both", () => {
    fc.assert(
      fc.property(pattern, pattern, text, (a, b, t) => {
        if (!globMatches(a, t) || !globMatches(b, t)) return true;
        return globsOverlap(a, b);
      }),
      { numRuns: 50_000 },
    );
  });

  it("is as strict as comparing without wildcards", () => {
    fc.assert(
      fc.property(pattern, text, (p, t) => globsOverlap(p, t) === globMatches(p, t)),
      {
        numRuns: 5000,
      },
    );
  });
});
