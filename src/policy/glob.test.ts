import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileGlob, compilePieces, globMatches, literalOf, matchesEverything } from "./glob.ts";
import { globs } from "./spec-text.ts";

const matches = (pattern: string, text: string): boolean => globMatches(compileGlob(pattern), text);

describe("globMatches", () => {
  const cases: readonly [string, string, boolean][] = [
    ["", "", true],
    ["", "a", false],
    ["*", "", true],
    ["a*", "a", true],
    ["*a", "ba", true],
    ["a*a", "a", false],
    ["a*a", "aa", true],
    ["a*b*c", "a-b-b-c", true],
    ["a*b*c", "a-c-b", false],
    ["?", "", false],
    ["a?c", "abc", true],
    ["*?", "", false],
    ["*ab?*", "xabab", true],
    ["a.c", "abc", false],
  ];
  it.each(cases)("%j matches %j: %s", (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it("agrees with the table of all prefixes, long segments included", { timeout: 30_000 }, () => {
    const piece = fc.constantFrom("a", "b", "ab", "?", "*", "a".repeat(20), "ab?".repeat(9));
    const word = fc.constantFrom("a", "b", "ab", "a".repeat(20), "abb".repeat(9));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 7 }), fc.array(word, { maxLength: 8 }), (p, t) => {
        expect(matches(p.join(""), t.join(""))).toBe(globs(p.join(""), t.join("")));
      }),
      { numRuns: 5_000 },
    );
  });

  it("takes the characters of literal pieces for themselves", () => {
    const glob = compilePieces([
      { text: "a*", raw: true },
      { text: "*?", raw: false },
    ]);
    expect(globMatches(glob, "axx*?")).toBe(true);
    expect(globMatches(glob, "axxyz")).toBe(false);
  });

  it("knows what matches everything, and what one text", () => {
    expect(matchesEverything(compileGlob("***"))).toBe(true);
    expect(matchesEverything(compileGlob("*?"))).toBe(false);
    expect(literalOf(compileGlob("abc"))).toBe("abc");
    expect(literalOf(compileGlob("a?c"))).toBeUndefined();
  });
});

it("a match from a place on is a match of the rest", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
  fc.assert(
    fc.property(letters, letters, letters, (pattern, before, text) => {
      const glob = compileGlob(pattern);
      expect(globMatches(glob, before + text, before.length)).toBe(globMatches(glob, text));
    }),
  );
});
