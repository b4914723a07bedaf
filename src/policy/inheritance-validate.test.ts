import { describe, expect, it } from "vitest";
import type { ManagementPolicyType } from "../core/policy-type.ts";
import { validateManagementPolicy } from "./inheritance-validate.ts";
import type { JsonNode, Text } from "./types.ts";

const place = { line: 1, column: 1, offset: 0 };
const range = { start: place, end: place };

/** A positioned tree of a plain value. */
function node(value: unknown): JsonNode {
  if (Array.isArray(value)) return { kind: "array", items: value.map(node), ...range };
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, member]) => {
      const text: Text = { value: key, ...range };
      return { key: text, value: node(member) };
    });
    return { kind: "object", members, ...range };
  }
  if (typeof value === "string") return { kind: "string", value, ...range };
  if (typeof value === "number") return { kind: "number", value, raw: `${value}`, ...range };
  if (typeof value === "boolean") return { kind: "boolean", value, ...range };
  return { kind: "null", ...range };
}

function found(type: ManagementPolicyType, document: unknown): string[] {
  return validateManagementPolicy(type, node(document)).map(
    ({ severity, code }) => `${severity} ${code}`,
  );
}

const tags = (members: unknown): unknown => ({ tags: { team: members } });

describe("validateManagementPolicy", () => {
  const cases: readonly [string, ManagementPolicyType, unknown, readonly string[]][] = [
    ["a sound tag policy", "TAG_POLICY", tags({ tag_key: { "@@assign": "Team" } }), []],
    ["no object", "TAG_POLICY", [], ["error ORGRAIL6101"]],
    ["another type's key", "TAG_POLICY", { plans: {} }, ["error ORGRAIL6102", "error ORGRAIL6103"]],
    ["an empty document", "BACKUP_POLICY", {}, ["error ORGRAIL6103"]],
    ["a bare value", "TAG_POLICY", tags({ tag_key: "Team" }), ["error ORGRAIL6105"]],
    ["a value on a map", "TAG_POLICY", { tags: { "@@assign": [] } }, ["error ORGRAIL6106"]],
    ["a setting that sets nothing", "TAG_POLICY", tags({ tag_key: {} }), ["error ORGRAIL6107"]],
    [
      "the same key twice but for its case",
      "TAG_POLICY",
      { tags: { a: {}, A: {} } },
      ["warning ORGRAIL6108"],
    ],
    [
      "an unknown setting",
      "TAG_POLICY",
      tags({ tagkey: { "@@assign": "x" } }),
      ["warning ORGRAIL6109"],
    ],
    [
      "an unknown operator",
      "TAG_POLICY",
      tags({ tag_key: { "@@set": "team" } }),
      ["error ORGRAIL6107", "error ORGRAIL6110"],
    ],
    [
      "@@append where only @@assign works",
      "AISERVICES_OPT_OUT_POLICY",
      { services: { lex: { opt_out_policy: { "@@append": ["optOut"] } } } },
      ["error ORGRAIL6111", "error ORGRAIL6113"],
    ],
    [
      "a value in the wrong case",
      "AISERVICES_OPT_OUT_POLICY",
      { services: { lex: { opt_out_policy: { "@@assign": "optout" } } } },
      ["error ORGRAIL6114"],
    ],
    [
      "a value that may be newer than the data",
      "DECLARATIVE_POLICY_EC2",
      { ec2_attributes: { serial_console_access: { status: { "@@assign": "maybe" } } } },
      ["warning ORGRAIL6114"],
    ],
    [
      "a list for one value",
      "TAG_POLICY",
      tags({ tag_key: { "@@assign": ["team"] } }),
      ["error ORGRAIL6113"],
    ],
    [
      "one value for a list",
      "TAG_POLICY",
      tags({ tag_value: { "@@append": "x" } }),
      ["error ORGRAIL6113"],
    ],
    [
      "an object as a value",
      "TAG_POLICY",
      tags({ tag_key: { "@@assign": {} } }),
      ["error ORGRAIL6112"],
    ],
    [
      "a child control of no operator",
      "TAG_POLICY",
      tags({ tag_key: { "@@operators_allowed_for_child_policies": ["none"] } }),
      ["error ORGRAIL6115"],
    ],
    [
      "a tag key that is not the policy key",
      "TAG_POLICY",
      tags({ tag_key: { "@@assign": "Owner" } }),
      ["error ORGRAIL6116"],
    ],
    [
      "two wildcards in a tag value",
      "TAG_POLICY",
      tags({ tag_value: { "@@assign": ["*@*"] } }),
      ["error ORGRAIL6117"],
    ],
    [
      "a type whose top-level key is not known takes any",
      "SECURITYHUB_CSPM_POLICY",
      { anything: { x: { "@@assign": "y" } } },
      [],
    ],
  ];
  it.each(cases)("%s", (_, type, document, expected) => {
    expect(found(type, document)).toEqual(expected);
  });

  it("stops at deep nesting", () => {
    let deep: unknown = { "@@assign": "x" };
    for (let depth = 0; depth < 90; depth++) deep = { a: deep };
    expect(found("GUARDDUTY_POLICY", { guardduty: { enablement: { d: deep } } })).toContain(
      "error ORGRAIL6104",
    );
  });
});
