import { describe, expect, it } from "vitest";
import { binaryOf } from "./binary.ts";
import { booleanOf } from "./bool.ts";
import { dateOf } from "./date.ts";
import { addressOf, addressRangeOf, inRange } from "./ip-address.ts";
import { numberOf } from "./numeric.ts";
import { operators, parseOperatorName } from "./operator-name.ts";

describe("dateOf", () => {
  const cases: readonly [string, string | undefined][] = [
    ["2026", "2026-01-01T00:00:00.000Z"],
    ["2026-03", "2026-03-01T00:00:00.000Z"],
    ["2026-03-04", "2026-03-04T00:00:00.000Z"],
    ["2026-03-04T05:06Z", "2026-03-04T05:06:00.000Z"],
    ["2026-03-04T05:06:07.5Z", "2026-03-04T05:06:07.500Z"],
    ["2026-03-04T05:06:07+02:30", "2026-03-04T02:36:07.000Z"],
    ["2026-03-04T05:06:07-0800", "2026-03-04T13:06:07.000Z"],
    ["2024-02-29", "2024-02-29T00:00:00.000Z"],
    ["1767225600", "2026-01-01T00:00:00.000Z"],
    ["1767225600000", "2026-01-01T00:00:00.000Z"],
    ["2026-02-30", undefined],
    ["2026-13-01", undefined],
    ["2026-01-01T25:00Z", undefined],
    ["2026-01-01T10:60Z", undefined],
    ["tomorrow", undefined],
    ["", undefined],
  ];
  it.each(cases)("%j", (text, expected) => {
    const found = dateOf(text);
    expect(found === undefined ? undefined : new Date(found).toISOString()).toBe(expected);
  });
});

describe("addressOf", () => {
  const cases: readonly [string, readonly number[] | undefined][] = [
    ["1.2.3.4", [0x0102, 0x0304]],
    ["::", [0, 0, 0, 0, 0, 0, 0, 0]],
    ["::1", [0, 0, 0, 0, 0, 0, 0, 1]],
    ["2001:db8::", [0x2001, 0xdb8, 0, 0, 0, 0, 0, 0]],
    ["1:2:3:4:5:6:7:8", [1, 2, 3, 4, 5, 6, 7, 8]],
    ["::ffff:1.2.3.4", [0, 0, 0, 0, 0, 0xffff, 0x0102, 0x0304]],
    ["1:2:3:4:5:6:1.2.3.4", [1, 2, 3, 4, 5, 6, 0x0102, 0x0304]],
    ["::1.2.3.4", [0, 0, 0, 0, 0, 0, 0x0102, 0x0304]],
    ["1.2.3", undefined],
    ["1.2.3.4.5", undefined],
    ["1.2.3.256", undefined],
    ["1::2::3", undefined],
    ["1:2:3:4:5:6:7", undefined],
    ["1:2:3:4:5:6:7:8:9", undefined],
    ["12345::", undefined],
    [":::", undefined],
    ["1:2:3:4:5:6:7:1.2.3.4", undefined],
    ["", undefined],
  ];
  it.each(cases)("%j", (text, expected) => {
    expect(addressOf(text)).toEqual(expected);
  });

  it("tells ranges from what is none", () => {
    expect(addressRangeOf("10.0.0.0/8")?.bits).toBe(8);
    expect(addressRangeOf("2001:db8::1")?.bits).toBe(128);
    for (const text of ["10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129", "x/8"]) {
      expect(addressRangeOf(text), text).toBeUndefined();
    }
  });

  it("compares the leading bits only", () => {
    const range = addressRangeOf("10.20.48.0/20");
    if (range === undefined) throw new Error("not a range");
    for (const [text, expected] of [
      ["10.20.48.0", true],
      ["10.20.63.255", true],
      ["10.20.64.0", false],
      ["10.20.47.255", false],
      ["::a14:3000", false],
    ] as const) {
      expect(inRange(range, addressOf(text) ?? []), text).toBe(expected);
    }
  });
});

describe("other values", () => {
  it.each([
    ["1", 1],
    ["-1.5", -1.5],
    ["1e3", 1000],
    [".5", 0.5],
    ["0x10", undefined],
    ["Infinity", undefined],
    ["", undefined],
    ["1 2", undefined],
  ])("number %j", (text, expected) => {
    expect(numberOf(text)).toBe(expected);
  });

  it.each([
    ["TRUE", true],
    ["false", false],
    ["1", undefined],
    ["", undefined],
  ])("boolean %j", (text, expected) => {
    expect(booleanOf(text)).toBe(expected);
  });

  it.each([
    ["aGk=", "aGk"],
    ["aGk", "aGk"],
    ["", ""],
    ["aGk==", undefined],
    ["a", undefined],
    ["a-k=", undefined],
  ])("binary %j", (text, expected) => {
    expect(binaryOf(text)).toBe(expected);
  });
});

describe("parseOperatorName", () => {
  it("knows every operator with every qualifier", () => {
    for (const { name } of operators) {
      for (const qualifier of [undefined, "ForAllValues", "ForAnyValue"] as const) {
        for (const ifExists of [false, true]) {
          const written = `${qualifier === undefined ? "" : `${qualifier}:`}${name}${ifExists ? "IfExists" : ""}`;
          const parsed = parseOperatorName(written.toUpperCase());
          expect(parsed?.ifExists).toBe(ifExists);
          expect(parsed?.qualifier).toBe(qualifier);
          expect(typeof parsed?.operator === "object" ? parsed.operator.name : undefined).toBe(
            name,
          );
        }
      }
    }
    expect(operators).toHaveLength(26);
  });

  it.each(["", "StringEqual", "NullIfExists", "ForSome:StringEquals", "constructor", "IfExists"])(
    "has no %j",
    (name) => {
      expect(parseOperatorName(name)).toBeUndefined();
    },
  );

  it("has Null", () => {
    expect(parseOperatorName("null")?.operator).toBe("Null");
  });
});
