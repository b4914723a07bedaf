import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ouPathKey, parseOuPath } from "./desired.ts";

describe("ouPathKey", () => {
  const cases: readonly (readonly [readonly string[], string])[] = [
    [[], "Root"],
    [["Workloads", "Prod"], "Workloads/Prod"],
    [["R/D"], "R\\/D"],
    [["a\\b"], "a\\\\b"],
    [["Root"], "\\Root"],
    [["account:Audit"], "\\account:Audit"],
    [["Workloads", "Root"], "Workloads/Root"],
  ];
  it.each(cases)("writes %j as %s and reads it back", (path, key) => {
    expect(ouPathKey(path)).toBe(key);
    expect(parseOuPath(key)).toEqual(path);
  });

  it("gives each path a key of its own that reads back", () => {
    const name = fc.oneof(
      fc.string({ minLength: 1, maxLength: 6 }),
      fc.constantFrom("Root", "account:x", "/", "\\", "a/b", "\\/"),
    );
    fc.assert(
      fc.property(fc.array(name, { maxLength: 5 }), (path) => {
        expect(parseOuPath(ouPathKey(path))).toEqual(path);
      }),
    );
  });

  it.each(["", "/a", "a/", "a//b"])("does not read %j", (key) => {
    expect(parseOuPath(key)).toBeUndefined();
  });
});
