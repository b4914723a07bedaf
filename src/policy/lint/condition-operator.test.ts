import { describe, expect, it } from "vitest";
import { conditionOperator } from "./condition-operator.ts";

describe("conditionOperator", () => {
  it.each([
    ["StringEquals", { canonical: "StringEquals", family: "String", isNegated: false }],
    ["foranyvalue:stringlike", { canonical: "ForAnyValue:StringLike", hasWildcards: true }],
    ["ForAllValues:StringNotLikeIfExists", { qualifier: "ForAllValues", isIfExists: true }],
    ["NotIpAddress", { family: "IpAddress", isNegated: true }],
    ["IpAddressIfExists", { base: "IpAddress", isIfExists: true }],
    ["ArnEquals", { family: "Arn", hasWildcards: true }],
    ["StringNotEqualsIgnoreCase", { isNegated: true, hasWildcards: false }],
    ["Null", { family: "Null" }],
    ["DateGreaterThanEquals", { family: "Date" }],
  ])("%s", (text, expected) => {
    expect(conditionOperator(text)).toMatchObject(expected);
  });

  it.each(["StringMatches", "", "ForAnyValue:", "ForSome:StringLike", "IfExists", "String Equals"])(
    "there is no %j",
    (text) => {
      expect(conditionOperator(text)).toBeUndefined();
    },
  );
});
