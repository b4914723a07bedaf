import { describe, expect, it } from "vitest";
import { canonicalJson } from "./json.ts";

describe("canonicalJson", () => {
  const cases: readonly (readonly [string, unknown, string])[] = [
    ["sorts keys", { b: 1, a: { d: 2, c: 3 } }, '{"a":{"c":3,"d":2},"b":1}'],
    ["sorts keys that look like indices as text", { 9: 1, 10: 2, a: 3 }, '{"10":2,"9":1,"a":3}'],
    ["keeps the order of lists", { a: [2, 1] }, '{"a":[2,1]}'],
    ["leaves out undefined members", { a: undefined, b: 1 }, '{"b":1}'],
    ["leaves out undefined members beside index keys", { a: undefined, 1: 1 }, '{"1":1}'],
    ["takes undefined items for null", [undefined, 1], "[null,1]"],
    ["keeps a key named __proto__", JSON.parse('{"__proto__":1,"a":2}'), '{"__proto__":1,"a":2}'],
    ["escapes text", { 'a"': "\n" }, '{"a\\"":"\\n"}'],
    ["takes undefined for null", undefined, "null"],
  ];
  for (const [name, value, text] of cases) {
    it(name, () => expect(canonicalJson(value)).toBe(text));
  }
});
