import { describe, expect, it } from "vitest";
import { organizationPolicyTypes } from "../core/policy-type.ts";
import { didYouMean, suggest } from "./suggest.ts";

describe("suggest", () => {
  const cases: readonly (readonly [string, readonly string[], string | undefined])[] = [
    ["acounts", ["accounts", "policies"], "accounts"],
    ["organizational_units", ["organizationalUnits", "accounts"], "organizationalUnits"],
    ["EMAIL", ["email", "name"], "email"],
    ["SCP", organizationPolicyTypes, "SERVICE_CONTROL_POLICY"],
    ["RCP", organizationPolicyTypes, "RESOURCE_CONTROL_POLICY"],
    ["quite different", ["accounts"], undefined],
    ["x", ["accounts"], undefined],
    ["x", [], undefined],
    ["x".repeat(1000), ["accounts"], undefined],
  ];
  it.each(cases)("takes %s of %j for %s", (word, candidates, expected) => {
    expect(suggest(word, candidates)).toBe(expected);
  });
});

describe("didYouMean", () => {
  it("lists the candidates when none is near and they are few", () => {
    expect(didYouMean("zzz", ["a", "b"], "keys")).toBe("keys: `a`, `b`");
    expect(didYouMean("zzz", Array(17).fill("a"), "keys")).toBeUndefined();
  });
});
