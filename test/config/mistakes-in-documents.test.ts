// biome-ignore-all lint/suspicious/noTemplateCurlyInString: substitutions are meant
import { describe, expect, it } from "vitest";
import { configCodes, configCodeTexts } from "../../src/config/codes.ts";
import { type Case, checkMistakes, mistakes } from "./mistakes.ts";

const scp = "type: SERVICE_CONTROL_POLICY";
const document =
  'content: {Version: "2012-10-17", Statement: {Effect: Deny, Action: "*", Resource: "*"}}';

const documents: readonly Case[] = [
  ["no document", `version: 1\npolicies: [{name: a, ${scp}}]\n`, ["ORGRAIL1080 a"], "`file`"],
  [
    "two documents",
    `version: 1\npolicies: [{name: a, ${scp}, ${document}, file: ok.json}]\n`,
    ["ORGRAIL1080 file"],
    "keep one",
  ],
  ["no type", "version: 1\npolicies: [{name: a, content: {}}]\n", ["ORGRAIL1032 a"], "`type`"],
  [
    "a missing file",
    `version: 1\npolicies: [{name: a, ${scp}, file: no.json}]\n`,
    ["ORGRAIL1081 no.json"],
    "relative",
  ],
  [
    "a path of Windows",
    `version: 1\npolicies: [{name: a, ${scp}, file: x\\no.json}]\n`,
    ["ORGRAIL1081 x\\no.json"],
    "`/`",
  ],
  [
    "a list",
    `version: 1\npolicies: [{name: a, ${scp}, file: list.json}]\n`,
    ["ORGRAIL1082 conf/list.json: [1]"],
    "`{`",
  ],
  [
    "a comma too many",
    `version: 1\npolicies: [{name: a, ${scp}, file: comma.json}]\n`,
    ["JSON_SYNTAX_ERROR conf/comma.json: ,"],
    "comma",
  ],
  [
    "a key twice",
    `version: 1\npolicies: [{name: a, ${scp}, file: twice.json}]\n`,
    ['ORGRAIL1007 conf/twice.json: "a"'],
    "keep one",
  ],
  [
    "a substitution as key",
    `version: 1\nvalues: {prefix: x}\npolicies: [{name: a, ${scp}, file: key.json}]\n`,
    ['ORGRAIL1021 conf/key.json: "${{ prefix }}"'],
    "value",
  ],
  [
    "an unknown value",
    `version: 1\nvalues: {prefix: x}\npolicies: [{name: a, ${scp}, file: unknown.json}]\n`,
    ['ORGRAIL1020 conf/unknown.json: "${{ prefx }}"'],
    "`prefix`",
  ],
  [
    "an RCP too large",
    "version: 1\npolicies: [{name: a, type: RESOURCE_CONTROL_POLICY, file: large.json}]\n",
    ['ORGRAIL1083 conf/large.json: {"a": "xxxxxxxxxxxxxxxxxxxxxxx'],
    "split",
  ],
  [
    "a file too large",
    `version: 1\npolicies: [{name: a, ${scp}, file: huge.json}]\n`,
    ["ORGRAIL1001 conf/huge.json:"],
    "right file",
  ],
  [
    "a binary file",
    `version: 1\npolicies: [{name: a, ${scp}, file: binary.json}]\n`,
    ["ORGRAIL1002 conf/binary.json:"],
    "UTF-8",
  ],
  [
    "infinity",
    `version: 1\npolicies: [{name: a, ${scp}, content: {a: .inf}}]\n`,
    ["ORGRAIL1082 {a: .inf}"],
    "quotes",
  ],
  [
    "an unknown guardrail",
    "version: 1\npolicies: [{name: a, guardrail: deny-leav}]\n",
    ["ORGRAIL1054 deny-leav"],
    "`deny-leave`",
  ],
  [
    "a guardrail with wrong parameters",
    "version: 1\npolicies: [{name: a, guardrail: deny-regions, parameters: {regionz: [x]}}]\n",
    ["ORGRAIL1084 [x]"],
    "",
  ],
  [
    "a guardrail of another type",
    "version: 1\npolicies: [{name: a, guardrail: deny-leave, type: TAG_POLICY}]\n",
    ["ORGRAIL1070 TAG_POLICY"],
    "remove `type`",
  ],
  [
    "parameters without a guardrail",
    `version: 1\npolicies: [{name: a, ${scp}, ${document}, parameters: {}}]\n`,
    ["ORGRAIL1070 parameters"],
    "guardrail",
  ],
];

describe("mistakes in documents", () => {
  checkMistakes(documents);
});

describe("all mistakes", () => {
  it("are reported at once, whatever their kind", () => {
    const text = [
      "version: 1",
      "acounts: []",
      "organization: {managementAccountId: 111111111111}",
      "accounts:",
      "  - {name: a, email: a@example.com, organizationalUnit: Nope}",
      "  - {name: a, email: A@example.com, organizationalUnit: Root}",
      "policies:",
      `  - {name: p, ${scp}, file: comma.json, attach: ["account:b"]}`,
      "",
    ].join("\n");
    const { found, lines } = mistakes(text);
    expect(found).toEqual([
      "JSON_SYNTAX_ERROR conf/comma.json: ,",
      "ORGRAIL1030 acounts",
      "ORGRAIL1031 111111111111",
      "ORGRAIL1050 Nope",
      "ORGRAIL1040 a",
      "ORGRAIL1041 A@example.com",
      'ORGRAIL1051 "account:b"',
    ]);
    expect(lines).toEqual([2, 2, 3, 5, 6, 6, 8]);
  });

  it("have a meaning in the reference", () => {
    for (const code of Object.values(configCodes)) {
      expect(configCodeTexts[code]).toMatch(/\.$/);
    }
  });
});
