// biome-ignore-all lint/suspicious/noTemplateCurlyInString: substitutions are meant
import { describe } from "vitest";
import { type Case, checkMistakes } from "./mistakes.ts";

const yaml: readonly Case[] = [
  ["nothing", "", ["ORGRAIL1003"], "orgrail init"],
  ["a list", "- a\n", ["ORGRAIL1003"], "version: 1"],
  ["a tab", "version: 1\naccounts:\n\t- name: x\n", ["ORGRAIL1004"], "blanks"],
  ["an open quote", 'version: "1\n', ["ORGRAIL1004"], "close"],
  [
    "an unquoted substitution in a list",
    "version: 1\nprotectedRoles: [a, ${{ b }}]\n",
    ["ORGRAIL1004 {"],
    "in quotes",
  ],
  ["two documents", "version: 1\n---\nversion: 1\n", ["ORGRAIL1005"], "---"],
  ["a tag", "version: 1\naccounts: !include x.yaml\n", ["ORGRAIL1006 x.yaml"], "quotes"],
  ["a key twice", "version: 1\nversion: 1\n", ["ORGRAIL1007 version"], "line 1"],
  ["a mapping as key", "version: 1\n{a: b}: c\n", ["ORGRAIL1008 {a: b}"], "quotes"],
  [
    "a key of JavaScript",
    "version: 1\nroot: {tags: {__proto__: x}}\n",
    ["ORGRAIL1008 __proto__"],
    "",
  ],
  ["an unknown anchor", "version: &one 1\nroot: *onne\n", ["ORGRAIL1009 *onne"], "`one`"],
  ["an alias in itself", "version: 1\nroot: &r {tags: *r}\n", ["ORGRAIL1010 *r"], "itself"],
  ["a merge of text", "version: 1\nroot:\n  <<: x\n", ["ORGRAIL1013 <<"], "*anchor"],
];

const shape: readonly Case[] = [
  ["an unknown key", "version: 1\nacounts: []\n", ["ORGRAIL1030 acounts"], "`accounts`"],
  ["another version", "version: 2\n", ["ORGRAIL1033 2"], "`1`"],
  ["no version", "accounts: []\n", ["ORGRAIL1032 accounts: []"], "`1`"],
  [
    "an unquoted id",
    "version: 1\norganization: {managementAccountId: 012345678901}\n",
    ["ORGRAIL1031 012345678901"],
    '"012345678901"',
  ],
  ["a number as tag", "version: 1\nroot: {tags: {cost: 42}}\n", ["ORGRAIL1031 42"], '"42"'],
  ["an empty list", "version: 1\naccounts:\n", ["ORGRAIL1031"], "[]"],
  [
    "an unknown type",
    `version: 1\npolicies: [{name: a, type: SCP, content: {}}]\n`,
    ["ORGRAIL1033 SCP"],
    "SERVICE_CONTROL_POLICY",
  ],
  ["a short id", 'version: 1\norganization: {id: "o-1"}\n', ['ORGRAIL1035 "o-1"'], "o-a1b2c3d4e5"],
  [
    "a reserved tag",
    "version: 1\nroot: {tags: {'aws:x': y}}\n",
    ["ORGRAIL1035 'aws:x'"],
    "reserved",
  ],
  [
    "an account without a unit",
    "version: 1\naccounts: [{name: a, email: a@example.com}]\n",
    ["ORGRAIL1032 {name: a, email: a@example.com"],
    "text",
  ],
  [
    "closing by substitution of text",
    'version: 1\nvalues: {no: "false"}\naccounts: [{name: a, email: a@example.com, organizationalUnit: Root, close: "${{ no }}"}]\n',
    ['ORGRAIL1031 "${{ no }}"'],
    "",
  ],
];

const values: readonly Case[] = [
  [
    "an unknown value",
    "version: 1\nvalues: {prefix: a}\nprotectedRoles:\n  - ${{ prefx }}\n",
    ["ORGRAIL1020 ${{ prefx }}"],
    "`prefix`",
  ],
  [
    "a value nobody gives",
    "version: 1\nprotectedRoles:\n  - ${{ role }}\n",
    ["ORGRAIL1020 ${{ role }}"],
    "--value role=",
  ],
  [
    "an expression",
    "version: 1\nprotectedRoles:\n  - ${{ a + b }}\n",
    ["ORGRAIL1021 ${{ a + b }}"],
    "names",
  ],
  [
    "an open substitution",
    "version: 1\nprotectedRoles:\n  - ${{ a\n",
    ["ORGRAIL1021 ${{ a"],
    "close",
  ],
  [
    "a list in a text",
    "version: 1\nvalues: {l: [a]}\nprotectedRoles:\n  - x-${{ l }}\n",
    ["ORGRAIL1021 x-${{ l }}"],
    "alone",
  ],
  [
    "a substitution in a value",
    'version: 1\nvalues: {a: x, b: "${{ a }}"}\n',
    ['ORGRAIL1021 "${{ a }}"'],
    "as they are",
  ],
  [
    "a substitution as key",
    'version: 1\nvalues: {a: x}\nroot: {tags: {"${{ a }}": x}}\n',
    ['ORGRAIL1008 "${{ a }}"'],
    "",
  ],
];

describe("mistakes in YAML", () => {
  checkMistakes(yaml);
});

describe("mistakes in shapes", () => {
  checkMistakes(shape);
});

describe("mistakes in values", () => {
  checkMistakes(values);
});
