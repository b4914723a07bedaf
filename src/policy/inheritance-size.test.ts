import { describe, expect, it } from "vitest";
import { managementPolicyTypes } from "../data/management-policy-types.ts";
import { organizationsQuotas } from "../data/organizations-quotas.ts";
import { lintPolicy } from "./lint.ts";
import { parsePolicy } from "./parse.ts";

type Type = keyof typeof managementPolicyTypes.types;
const types = Object.keys(managementPolicyTypes.types) as Type[];

/** A document of that many characters without white space. */
function ofLength(type: Type, characters: number, indent = ""): ReturnType<typeof parsePolicy> {
  const key = managementPolicyTypes.types[type].topKey ?? "settings";
  const filler = (length: number): string =>
    JSON.stringify({ [key]: { x: { "@@assign": "y".repeat(length) } } });
  const text = filler(characters - filler(0).length);
  return parsePolicy(`${indent}${text}`, { type });
}

describe("the size of management policies", () => {
  it.each(types)("%s", (type) => {
    const { contentCharacters, published } = organizationsQuotas.policyTypes[type];
    const sizes = (characters: number, indent?: string): string[] => {
      const { policy } = ofLength(type, characters, indent);
      return policy === undefined
        ? ["not parsed"]
        : lintPolicy(policy)
            .filter(({ code }) => code === "ORGRAIL6118")
            .map(({ severity }) => severity);
    };
    expect(sizes(contentCharacters)).toEqual([]);
    expect(sizes(contentCharacters, " ".repeat(100))).toEqual([]);
    expect(sizes(contentCharacters + 1)).toEqual([published ? "error" : "warning"]);
  });
});
