import { describe, expect, it } from "vitest";
import { narrowsProtection } from "./policies.ts";
import { canonicalContent, contentMeaning, minifiedContent } from "./policy-content.ts";

const deny = (more: object = {}): string =>
  JSON.stringify({ Statement: [{ Effect: "Deny", Action: "a:b", Resource: "*", ...more }] });
const same = (a: string, b: string, grammar: "iam" | "management" = "iam"): boolean =>
  contentMeaning(a, grammar) === contentMeaning(b, grammar);

describe("contentMeaning", () => {
  it.each([
    ["key order", '{"Statement":[{"Resource":"*","Action":"a:b","Effect":"Deny"}]}', deny()],
    [
      "a statement outside a list",
      '{"Statement":{"Effect":"Deny","Action":"a:b","Resource":"*"}}',
      deny(),
    ],
    ["a list of one", deny({ Action: ["a:b"], Resource: ["*"] }), deny()],
    ["the order of actions", deny({ Action: ["a:b", "c:d"] }), deny({ Action: ["c:d", "a:b"] })],
    ["actions given twice", deny({ Action: ["a:b", "a:b"] }), deny()],
    [
      "the order of condition values",
      deny({ Condition: { StringEquals: { k: ["x", "y"] } } }),
      deny({ Condition: { StringEquals: { k: ["y", "x"] } } }),
    ],
    [
      "true and its text",
      deny({ Condition: { Bool: { k: true } } }),
      deny({ Condition: { Bool: { k: ["true"] } } }),
    ],
    [
      "the order of principals",
      deny({ Principal: { AWS: ["1", "2"] } }),
      deny({ Principal: { AWS: ["2", "1"] } }),
    ],
  ])("does not depend on %s", (_, a, b) => expect(same(a, b)).toBe(true));

  it.each([
    ["an action", deny(), deny({ Action: "a:c" })],
    ["an effect", deny(), deny({ Effect: "Allow" })],
    [
      "Action and NotAction",
      deny(),
      '{"Statement":[{"Effect":"Deny","NotAction":"a:b","Resource":"*"}]}',
    ],
    ["a Sid", deny({ Sid: "A" }), deny({ Sid: "B" })],
    ["the version", deny(), deny().replace("{", '{"Version":"2012-10-17",')],
    [
      "a condition operator",
      deny({ Condition: { Bool: { k: "x" } } }),
      deny({ Condition: { Null: { k: "x" } } }),
    ],
  ])("depends on %s", (_, a, b) => expect(same(a, b)).toBe(false));

  it("takes lists of management policies for ordered", () => {
    const [a, b] = ['{"t":{"@@assign":["a","b"]}}', '{"t":{"@@assign":["b","a"]}}'];
    expect(same(a, b, "management")).toBe(false);
    expect(same('{"a":1,"b":2}', '{ "b": 2, "a": 1 }', "management")).toBe(true);
  });

  it("keeps what is not JSON as it is", () => {
    expect(contentMeaning("{", "iam")).toBe("{");
    expect(minifiedContent("{ ")).toBe("{ ");
    expect(canonicalContent("x")).toBe("x");
  });
});

describe("narrowsProtection", () => {
  const type = "SERVICE_CONTROL_POLICY";
  it.each([
    ["a denial is added", '{"Statement":[]}', deny(), false],
    ["a denial goes", deny(), '{"Statement":[]}', true],
    ["a denial changes", deny(), deny({ Action: "a:c" }), true],
    ["only a Sid changes", deny({ Sid: "A" }), deny({ Sid: "B" }), false],
    ["something new is allowed", deny(), deny({ Effect: "Allow" }), true],
  ])("when %s", (_, before, after, narrows) => {
    expect(narrowsProtection(type, before, after)).toBe(narrows);
  });

  it("is always possible for management policies", () => {
    expect(narrowsProtection("TAG_POLICY", "{}", '{"tags":{}}')).toBe(true);
  });
});
