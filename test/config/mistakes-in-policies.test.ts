import { describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load.ts";

const file = `{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Deny", "Action": "*", "Resource": "*"},
    {"Effect": "deny", "Action": "*", "Resource": "\${{ name }}"}
  ]
}
`;

/** What is said of one policy: severity, code and place. */
function found(policy: string): readonly string[] {
  const { diagnostics } = loadConfig({
    file: "orgrail.yaml",
    text: `version: 1\nvalues: {name: ["a", "b"]}\npolicies:\n  - ${policy}\n`,
    readFile: (path) => (path === "policy.json" ? file : undefined),
  });
  return diagnostics.map(({ severity, code, span }) => {
    const { line, column } = span?.start ?? { line: 0, column: 0 };
    return `${severity} ${code} ${span?.file}:${line}:${column}`;
  });
}

describe("a policy that AWS would refuse", () => {
  it.each([
    [
      "inline, at the very value",
      '{name: a, type: SERVICE_CONTROL_POLICY, content: {Version: "2012-10-17", Statement: {Effect: Dny, Action: "*", Resource: "*"}}}',
      ["error INVALID_EFFECT orgrail.yaml:4:98"],
    ],
    [
      "in its own file, at the place there",
      "{name: a, type: SERVICE_CONTROL_POLICY, file: policy.json}",
      ["error INVALID_EFFECT policy.json:5:16"],
    ],
    [
      "that is empty",
      "{name: a, type: SERVICE_CONTROL_POLICY, content: {}}",
      ["error MISSING_STATEMENT orgrail.yaml:4:54"],
    ],
    [
      "of a management type, with the wrong top-level key",
      "{name: a, type: TAG_POLICY, content: {tagz: {}}}",
      ["error ORGRAIL6103 orgrail.yaml:4:42", "error ORGRAIL6102 orgrail.yaml:4:49"],
    ],
  ])("%s", (_, policy, expected) => {
    expect(found(policy)).toEqual(expected);
  });

  it("by a list that AWS adds to is warned of, not refused", () => {
    const statement = '{Effect: Deny, Action: "new:*", Resource: "*", Principal: "*"}';
    const content = `{Version: "2012-10-17", Statement: [${statement}]}`;
    expect(found(`{name: a, type: RESOURCE_CONTROL_POLICY, content: ${content}}`)).toEqual([
      "warning RCP_SYNTAX_ERROR_ACTION orgrail.yaml:4:114",
    ]);
  });

  it.each([
    [
      "{name: a, id: p-12345678, type: SERVICE_CONTROL_POLICY, file: policy.json}",
      ["warning INVALID_EFFECT policy.json:5:16"],
    ],
    [
      "{name: a, id: p-12345678, type: TAG_POLICY, content: {tags: {}, x: {}}}",
      ["warning ORGRAIL6102 orgrail.yaml:4:72"],
    ],
  ])("is warned of when it is adopted: %s", (policy, expected) => {
    expect(found(policy)).toEqual(expected);
  });

  it("is not looked into when it is removed", () => {
    expect(found("{name: a, type: SERVICE_CONTROL_POLICY, content: {}, remove: true}")).toEqual([]);
  });
});
