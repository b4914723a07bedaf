import { describe, expect, it } from "vitest";
import type { Change } from "../core/plan.ts";
import { resolveRefs } from "./resolve-refs.ts";

const ref = { $ref: "organizationalUnit:A" };
const change: Change = {
  id: "a",
  service: "organizations",
  operation: "MoveAccount",
  address: "account:x",
  action: "move",
  input: { DestinationParentId: ref, List: [ref, "x"], Deep: { er: ref } },
  before: { parentId: "r-1" },
  after: { parentId: ref },
  reason: "",
  dependsOn: [],
  risk: "none",
  fingerprint: "",
};

describe("resolveRefs", () => {
  it("puts ids in the place of references, everywhere, and leaves the plan as it was", () => {
    const before = structuredClone(change);
    const resolved = resolveRefs(change, new Map([["organizationalUnit:A", "ou-1"]]));
    expect(resolved.input).toEqual({
      DestinationParentId: "ou-1",
      List: ["ou-1", "x"],
      Deep: { er: "ou-1" },
    });
    expect(resolved.after).toEqual({ parentId: "ou-1" });
    expect(change).toEqual(before);
  });

  it("refuses a reference that nothing stands for", () => {
    expect(() => resolveRefs(change, new Map())).toThrow("refers to `organizationalUnit:A`");
  });
});
