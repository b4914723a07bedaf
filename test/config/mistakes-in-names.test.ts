// biome-ignore-all lint/suspicious/noTemplateCurlyInString: substitutions are meant
import { describe } from "vitest";
import { type Case, checkMistakes } from "./mistakes.ts";

const scp = "type: SERVICE_CONTROL_POLICY";
const document =
  'content: {Version: "2012-10-17", Statement: {Effect: Deny, Action: "*", Resource: "*"}}';
const account = "email: a@example.com, organizationalUnit: Root";
const deep = (levels: number): string =>
  levels === 0 ? "" : `, organizationalUnits: [{name: l${levels}${deep(levels - 1)}}]`;

const names: readonly Case[] = [
  [
    "a unit twice",
    "version: 1\norganizationalUnits: [{name: a}, {name: a}]\n",
    ["ORGRAIL1040 a"],
    "line 2",
  ],
  [
    "an account twice",
    `version: 1\naccounts: [{name: a, email: a@example.com, organizationalUnit: Root}, {name: a, email: b@example.com, organizationalUnit: Root}]\n`,
    ["ORGRAIL1040 a"],
    "`key`",
  ],
  [
    "an address twice",
    `version: 1\naccounts: [{name: a, ${account}}, {name: b, email: A@EXAMPLE.com, organizationalUnit: Root}]\n`,
    ["ORGRAIL1041 A@EXAMPLE.com"],
    "+tag",
  ],
  [
    "an id twice",
    `version: 1\naccounts: [{name: a, id: "111111111111", ${account}}, {name: b, id: "111111111111", email: b@example.com, organizationalUnit: Root}]\n`,
    ['ORGRAIL1042 "111111111111"'],
    "keep one",
  ],
  [
    "a policy twice",
    `version: 1\npolicies: [{name: a, ${scp}, ${document}}, {name: a, ${scp}, ${document}}]\n`,
    ["ORGRAIL1040 a"],
    "one type",
  ],
  [
    "an unknown unit",
    `version: 1\norganizationalUnits: [{name: Prod}]\naccounts: [{name: a, email: a@example.com, organizationalUnit: Prd}]\n`,
    ["ORGRAIL1050 Prd"],
    "`Prod`",
  ],
  [
    "a unit without its parents",
    `version: 1\norganizationalUnits: [{name: W, organizationalUnits: [{name: Prod}]}]\naccounts: [{name: a, email: a@example.com, organizationalUnit: Prod}]\n`,
    ["ORGRAIL1050 Prod"],
    "`W/Prod`",
  ],
  [
    "a path of slashes",
    `version: 1\naccounts: [{name: a, email: a@example.com, organizationalUnit: /Prod/}]\n`,
    ["ORGRAIL1055 /Prod/"],
    "joined by",
  ],
  [
    "an unknown account",
    `version: 1\naccounts: [{name: Audit, ${account}}]\npolicies: [{name: a, ${scp}, ${document}, attach: ["account:Audi"]}]\n`,
    ['ORGRAIL1051 "account:Audi"'],
    "`account:Audit`",
  ],
  [
    "an account as unit",
    `version: 1\naccounts: [{name: Audit, ${account}}]\npolicies: [{name: a, ${scp}, ${document}, attach: [Audit]}]\n`,
    ["ORGRAIL1050 Audit"],
    "`account:Audit`",
  ],
  [
    "an unknown policy",
    `version: 1\nroot: {policies: [Deny]}\npolicies: [{name: Denny, ${scp}, ${document}}]\n`,
    ["ORGRAIL1052 Deny"],
    "`Denny`",
  ],
  [
    "a name of two types",
    `version: 1\nroot: {policies: [a]}\npolicies: [{name: a, ${scp}, ${document}}, {name: a, type: TAG_POLICY, content: {tags: {}}}]\n`,
    ["ORGRAIL1053 a"],
    "type: TAG_POLICY",
  ],
  [
    "an unknown administrator",
    "version: 1\norganization: {delegatedAdministrators: [{account: x}]}\n",
    ["ORGRAIL1051 x"],
    "accounts",
  ],
  [
    "six levels",
    `version: 1\norganizationalUnits: [{name: top${deep(5)}}]\n`,
    ["ORGRAIL1060 l1"],
    "move",
  ],
  [
    "a slash in a name",
    "version: 1\norganizationalUnits: [{name: a/b}]\n",
    ["ORGRAIL1062 a/b"],
    "nest",
  ],
  [
    "51 tags",
    `version: 1\nroot:\n  tags:\n${Array.from({ length: 51 }, (_, i) => `    t${i}: x\n`).join("")}`,
    ["ORGRAIL1061 tags"],
    "",
  ],
  [
    "a name that no account can get",
    "version: 1\naccounts: [{name: Größe, email: a@example.com, organizationalUnit: Root}]\n",
    ["ORGRAIL1035 Größe"],
    "`id`",
  ],
];

const contradictions: readonly Case[] = [
  [
    "the management account closed",
    `version: 1\norganization: {managementAccountId: "111111111111"}\naccounts: [{name: a, id: "111111111111", ${account}, close: true}]\n`,
    ["ORGRAIL1071 close"],
    "remove `close`",
  ],
  [
    "the management account as administrator",
    `version: 1\norganization: {managementAccountId: "111111111111", delegatedAdministrators: [{account: a, services: [x.amazonaws.com]}]}\naccounts: [{name: a, id: "111111111111", ${account}}]\n`,
    ["ORGRAIL1071 a"],
    "member account",
  ],
  [
    "a closed account with policies",
    `version: 1\naccounts: [{name: a, ${account}, close: true, policies: [FullAWSAccess]}]\n`,
    ["ORGRAIL1070 policies"],
    "remove the list",
  ],
  [
    "attached and detached",
    `version: 1\npolicies: [{name: a, ${scp}, ${document}, attach: [Root], detach: [Root]}]\n`,
    ["ORGRAIL1070 Root"],
    "line 2",
  ],
  [
    "attached here and detached there",
    `version: 1\nroot: {policies: [a]}\npolicies: [{name: a, ${scp}, ${document}, detach: [Root]}]\n`,
    ["ORGRAIL1070 a"],
    "line 3",
  ],
  [
    "attached and removed",
    `version: 1\nroot: {policies: [a]}\npolicies: [{name: a, ${scp}, remove: true}]\n`,
    ["ORGRAIL1070 a"],
    "`remove`",
  ],
  [
    "attached and disabled",
    `version: 1\norganization: {policyTypes: [{type: TAG_POLICY, enabled: false}]}\npolicies: [{name: a, type: TAG_POLICY, content: {tags: {}}, attach: [Root]}]\n`,
    ["ORGRAIL1070 Root"],
    "line 2",
  ],
  [
    "an account in a removed unit",
    `version: 1\norganizationalUnits: [{name: a, remove: true}]\naccounts: [{name: a, email: a@example.com, organizationalUnit: a}]\n`,
    ["ORGRAIL1070 a"],
    "stays",
  ],
  [
    "a unit that stays in one that goes",
    "version: 1\norganizationalUnits: [{name: a, remove: true, organizationalUnits: [{name: b}]}]\n",
    ["ORGRAIL1070 b"],
    "formerPath",
  ],
  [
    "a former unit that is there",
    "version: 1\norganizationalUnits: [{name: a}, {name: b, formerPath: a}]\n",
    ["ORGRAIL1070 a"],
    "new place",
  ],
  [
    "a former policy that is there",
    `version: 1\npolicies: [{name: a, ${scp}, ${document}}, {name: b, ${scp}, ${document}, formerName: a}]\n`,
    ["ORGRAIL1070 a"],
    "new name",
  ],
  [
    "something below an ignored unit",
    `version: 1\norganizationalUnits: [{name: a, ignore: true, organizationalUnits: [{name: b}]}]\npolicies: [{name: a, ${scp}, ${document}, attach: [a, a/b]}]\n`,
    ["ORGRAIL1072 organizationalUnits", "ORGRAIL1072 a/b"],
    "ignore",
  ],
  [
    "a home Region that is not governed",
    "version: 1\norganization: {homeRegion: eu-west-1, governedRegions: [us-east-1]}\n",
    ["ORGRAIL1073 eu-west-1"],
    "add it",
  ],
  [
    "a policy of AWS with a document",
    "version: 1\npolicies: [{name: FullAWSAccess, content: {}}]\n",
    ["ORGRAIL1070 content"],
    "remove `content`",
  ],
  [
    "a resource policy given and removed",
    "version: 1\norganization: {resourcePolicy: {remove: true, file: ok.json}}\n",
    ["ORGRAIL1070 file"],
    "remove",
  ],
  [
    "an administrator without trusted access",
    `version: 1\norganization: {trustedAccess: [{servicePrincipal: x.amazonaws.com, enabled: false}], delegatedAdministrators: [{account: a, services: [x.amazonaws.com]}]}\naccounts: [{name: a, ${account}}]\n`,
    ["ORGRAIL1070 x.amazonaws.com"],
    "keep trusted access",
  ],
];

describe("mistakes in names", () => {
  checkMistakes(names);
});

describe("mistakes in words that exclude each other", () => {
  checkMistakes(contradictions);
});
