import { expect, test } from "vitest";
import { recent } from "./recent.ts";

test("keeps what was used last, and no more than it may", () => {
  const kept = recent<number>(2);
  kept.set("a", 1);
  kept.set("b", 2);
  expect(kept.get("a")).toBe(1);
  kept.set("c", 3);
  expect([kept.get("a"), kept.get("b"), kept.get("c")]).toEqual([1, undefined, 3]);
  kept.set("a", 4);
  kept.set("d", 5);
  expect([kept.get("a"), kept.get("c"), kept.get("d")]).toEqual([4, undefined, 5]);
});
