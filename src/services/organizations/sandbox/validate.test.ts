import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../sandbox/service.ts";
import { email, identifier, isUsableEmail, type patterns, tagMap } from "./validate.ts";

/** The reason that a check refuses a value with; `ok` when it does not. */
function reason(check: () => unknown): unknown {
  try {
    check();
    return "ok";
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return error.members.Reason;
  }
}

describe("email", () => {
  it.each([
    ["a@b.co", "ok"],
    ["a@b.c", "MIN_LENGTH_EXCEEDED"],
    ["two words@example.com", "INVALID_PATTERN"],
    ["a@@example.com", "INVALID_PATTERN"],
    ["nobody.example.com", "INVALID_PATTERN"],
    [`${"x".repeat(53)}@example.com`, "MAX_LENGTH_EXCEEDED"],
    [undefined, "INPUT_REQUIRED"],
  ])("%s: %s", (value, expected) => {
    expect(reason(() => email(value))).toBe(expected);
  });
});

describe("isUsableEmail", () => {
  it.each([
    ["aws+audit@example.com", true],
    ["a.b@sub.example.com", true],
    [".a@example.com", false],
    ["a|b@example.com", false],
    ["a%b@example.com", false],
    ["a@-example.com", false],
    ["a@example.com.", false],
    ["a@exam_ple.com", false],
    ["caf\u00e9@example.com", false],
  ])("%s: %s", (value, expected) => {
    expect(isUsableEmail(value)).toBe(expected);
  });
});

describe("identifier", () => {
  const cases: [keyof typeof patterns, string, string][] = [
    ["account", "123456789012", "ok"],
    ["account", "12345678901", "INVALID_PATTERN"],
    ["unit", "ou-abcd-12345678", "ok"],
    ["unit", "ou-ABCD-12345678", "INVALID_PATTERN"],
    ["parent", "r-abcd", "ok"],
    ["parent", "123456789012", "INVALID_PATTERN"],
    ["child", "r-abcd", "INVALID_PATTERN"],
    ["target", "p-12345678", "INVALID_PATTERN_TARGET_ID"],
    ["policy", "p-FullAWSAccess", "ok"],
    ["policy", "p-short", "INVALID_PATTERN"],
    ["taggable", "rp-1234", "ok"],
    ["taggable", "h-12345678", "INVALID_PATTERN"],
  ];
  it.each(cases)("%s %s: %s", (kind, value, expected) => {
    expect(reason(() => identifier(value, kind))).toBe(expected);
  });
});

describe("tagMap", () => {
  it.each([
    [[{ Key: "a", Value: "" }], "ok"],
    [[{ Key: "", Value: "x" }], "MIN_LENGTH_EXCEEDED"],
    [[{ Key: "a" }], "INPUT_REQUIRED"],
    [[{ Key: "AWS:cloudformation", Value: "x" }], "INVALID_SYSTEM_TAGS_PARAMETER"],
    [
      [
        { Key: "a", Value: "1" },
        { Key: "a", Value: "1" },
      ],
      "DUPLICATE_TAG_KEY",
    ],
    [undefined, "ok"],
  ])("%j: %s", (tags, expected) => {
    expect(reason(() => tagMap(tags))).toBe(expected);
  });
});
