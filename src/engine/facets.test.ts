import { describe, expect, it } from "vitest";
import { describeDifferences, facetDifferences, sameFacet } from "./facets.ts";

const nameOf = (id: string): string | undefined => ({ "ou-1": "Prod" })[id];

describe("facets", () => {
  it("are the same whatever the order of their members", () => {
    expect(sameFacet({ name: "a", parentId: "r" }, { parentId: "r", name: "a" })).toBe(true);
    expect(sameFacet({ tags: { a: null } }, { tags: {} })).toBe(false);
    expect(sameFacet(null, null)).toBe(true);
    expect(sameFacet(null, { name: "a" })).toBe(false);
  });

  it("tell their differences member by member, tags one by one", () => {
    expect(
      facetDifferences({ tags: { Owner: "a", Stage: "x" } }, { tags: { Owner: "b", Stage: "x" } }),
    ).toEqual([{ path: "tags.Owner", planned: "a", found: "b" }]);
    expect(facetDifferences(null, { attached: true })).toEqual([
      { path: "attached", planned: null, found: true },
    ]);
  });

  it.each([
    [null, { name: "a" }, "it exists now; the plan was made when it did not"],
    [{ name: "a" }, null, "it does not exist any more"],
    [{ parentId: "ou-1" }, { parentId: "ou-2" }, "parentId is `ou-2`, was `ou-1` (Prod)"],
    [{ tags: { a: "1" } }, { tags: { a: null } }, "tags.a is nothing, was `1`"],
    [{ content: "x".repeat(80) }, { content: "" }, `content is \`\`, was \`${"x".repeat(60)}…\``],
  ])("say in words how %j differs from %j", (planned, found, words) => {
    expect(describeDifferences(planned, found, nameOf)).toBe(words);
  });
});
