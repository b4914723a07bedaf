import { describe, expect, test } from "vitest";
import type { OrganizationFacts, PlannedAccount } from "../../core/service-plan.ts";
import { parseTemplate } from "../kit/template/parse-template.ts";
import { checkConfig } from "./check.ts";
import { digestParameter, markTemplate } from "./pack-template.ts";
import { configPlanner } from "./plan.ts";
import { recorderFacet, recorderInput } from "./recorder-facet.ts";
import { type ConfigBlock, configSchema } from "./schema.ts";
import type { ConfigState } from "./state.ts";
import { recorderTemplate, roleTemplate } from "./templates.ts";

const account = (name: string, more: object = {}): PlannedAccount => ({
  name,
  id: name,
  exists: true,
  state: "ACTIVE",
  isManagement: false,
  path: [],
  ...more,
});

const facts: OrganizationFacts = {
  organizationId: "o-example1234",
  managementAccountId: "M",
  partition: "aws",
  homeRegion: "us-east-1",
  governedRegions: ["us-east-1", "eu-west-1"],
  units: [{ path: [], id: "r-1234" }],
  accounts: [account("Audit"), account("M", { isManagement: true }), account("Shop")],
};

const block = (more: object = {}): ConfigBlock =>
  configSchema.parse({
    delegatedAdministrator: "Audit",
    delivery: { bucket: "history" },
    ...more,
  });

const state = (more: Partial<ConfigState> = {}): ConfigState => ({
  administrator: "Audit",
  stackSetAccess: "ENABLED",
  stackSets: { "orgrail-config-role": null, "orgrail-config-recorder": null },
  places: {},
  linkedRoles: { M: true },
  retention: {},
  organization: { "us-east-1": { rules: {}, packs: {} }, "eu-west-1": { rules: {}, packs: {} } },
  ...more,
});

const operations = (of: ConfigBlock, found: ConfigState, files = {}): string[] =>
  configPlanner
    .plan({ block: of, state: found, facts, files })
    .changes.map(({ operation, region = "", workIn = "" }) =>
      `${operation} ${String(workIn)} ${region}`.trim(),
    );

const nothing = (region: string): ConfigState["places"][string] => ({
  account: "M",
  region,
  recorder: null,
  recording: false,
  channel: null,
});

describe("what is not known is not planned", () => {
  test.each([
    ["nothing was read", undefined, []],
    [
      "stack sets were not read",
      state({ stackSets: {}, places: { "M/us-east-1": nothing("us-east-1") } }),
      [
        "PutConfigurationRecorder M us-east-1",
        "PutDeliveryChannel M us-east-1",
        "StartConfigurationRecorder M us-east-1",
      ],
    ],
    ["the linked role was not read", state({ linkedRoles: {}, stackSets: {} }), []],
  ] as const)("%s", (_, found, expected) => {
    const planned = configPlanner.plan({ block: block(), state: found, facts, files: {} });
    expect(
      planned.changes.map(
        ({ operation, workIn, region }) => `${operation} ${String(workIn)} ${region}`,
      ),
    ).toEqual(expected);
  });

  test("rules of a Region that could not be read", () => {
    const rules = [{ name: "trail", identifier: "CLOUDTRAIL_SECURITY_TRAIL_ENABLED" }];
    const found = state({ stackSets: {}, organization: { "us-east-1": { rules: {} } } });
    expect(operations(block({ rules }), found)).toEqual([
      "PutOrganizationConfigRule Audit us-east-1",
    ]);
  });
});

test("rules and packs leave out the accounts that the block leaves out", () => {
  const rules = [{ name: "trail", identifier: "CLOUDTRAIL_SECURITY_TRAIL_ENABLED" }];
  const of = block({ rules, excludeAccounts: ["Shop"], regions: ["us-east-1"] });
  const { changes } = configPlanner.plan({ block: of, state: state(), facts, files: {} });
  const rule = changes.find(({ operation }) => operation === "PutOrganizationConfigRule");
  expect(rule?.input.ExcludedAccounts).toEqual(["Shop"]);
  const stacks = changes.filter(({ operation }) => operation === "CreateStackInstances");
  for (const { input } of stacks) {
    expect(input.DeploymentTargets).toMatchObject({
      Accounts: ["Shop"],
      AccountFilterType: "DIFFERENCE",
    });
  }
});

describe("a conformance pack by the name of AWS's own template", () => {
  const name = "OperationalBestPracticesforHIPAASecurity";
  const of = block({
    conformancePacks: [{ name: "hipaa", awsTemplate: name, parameters: { Days: "60" } }],
  });
  const plan = (awsTemplates: ConfigState["awsTemplates"]) => {
    const found = state({ stackSets: {}, ...(awsTemplates === undefined ? {} : { awsTemplates }) });
    return configPlanner.plan({ block: of, state: found, facts, files: {} });
  };

  test("has the template's text, and its digest among the parameters", () => {
    const { changes, issues } = plan({ [name]: "Resources: {}\n" });
    expect(issues).toEqual([]);
    expect(changes.map(({ region }) => region)).toEqual(["us-east-1", "eu-west-1"]);
    const [change] = changes;
    expect(change?.input).toMatchObject({
      TemplateBody: expect.stringContaining(digestParameter),
      ConformancePackInputParameters: [
        { ParameterName: "Days", ParameterValue: "60" },
        { ParameterName: digestParameter, ParameterValue: markTemplate("Resources: {}\n").digest },
      ],
    });
  });

  test.each([
    ["that AWS does not have", { [name]: null }, ["ORGRAIL3123"]],
    ["that is too large", { [name]: `# ${"x".repeat(60_000)}\nResources: {}\n` }, ["ORGRAIL3124"]],
    ["that was not read", undefined, []],
  ] as const)("is not planned from one %s", (_, templates, codes) => {
    const { changes, issues } = plan(templates);
    expect(changes).toEqual([]);
    expect(issues.map(({ code }) => code)).toEqual(codes);
  });
});

test("a shorter retention destroys, a longer one does not", () => {
  const places = (days: number): ConfigState =>
    state({ stackSets: {}, linkedRoles: {}, retention: { "Shop/us-east-1": days } });
  const risks = (days: number): unknown =>
    configPlanner
      .plan({ block: block({ retentionDays: 365 }), state: places(days), facts, files: {} })
      .changes.map(({ operation, risk }) => [operation, risk]);
  expect(risks(730)).toEqual([["PutRetentionConfiguration", "destructive"]]);
  expect(risks(30)).toEqual([["PutRetentionConfiguration", undefined]]);
  expect(risks(365)).toEqual([]);
});

describe("IAM's resources are recorded in one Region", () => {
  test.each([
    [
      {},
      { strategy: "ALL_SUPPORTED_RESOURCE_TYPES", globalResources: true },
      { globalResources: false },
    ],
    [
      { resourceTypes: ["AWS::IAM::Role", "AWS::S3::Bucket"] },
      { types: ["AWS::IAM::Role", "AWS::S3::Bucket"] },
      { types: ["AWS::S3::Bucket"] },
    ],
    [
      { excludeResourceTypes: ["AWS::EC2::Volume"] },
      { types: ["AWS::EC2::Volume"] },
      {
        types: [
          "AWS::EC2::Volume",
          "AWS::IAM::Group",
          "AWS::IAM::Policy",
          "AWS::IAM::Role",
          "AWS::IAM::User",
        ],
      },
    ],
  ])("%j", (recorder, home, elsewhere) => {
    const given = block({ recorder }).recorder;
    expect(recorderFacet(recorderInput(given, true, "role"))).toMatchObject(home);
    expect(recorderFacet(recorderInput(given, false, "role"))).toMatchObject(elsewhere);
  });
});

test("the templates are templates, with what the block says", () => {
  const of = block({ delivery: { bucket: "history", prefix: "p", kmsKeyArn: "arn:aws:kms:k" } });
  const recorder = parseTemplate(recorderTemplate(of, "us-east-1"));
  const role = parseTemplate(roleTemplate(of));
  expect(recorder.ok && Object.keys(recorder.template.resources)).toEqual(["Recorder", "Channel"]);
  expect(recorder.ok && recorder.template.resources.Channel?.properties).toEqual({
    Name: "orgrail",
    S3BucketName: "history",
    S3KeyPrefix: "p",
    S3KmsKeyArn: "arn:aws:kms:k",
  });
  expect(role.ok && JSON.stringify(role.template)).toContain("kms:GenerateDataKey");
});

test.each([
  [
    "YAML",
    "Resources:\n  R: { Type: 'AWS::Config::ConfigRule', Properties: { X: !Ref AWS::Region } }\n",
  ],
  ["JSON", '{"Resources":{"R":{"Type":"AWS::Config::ConfigRule"}}}'],
])("the digest of a pack's template is a parameter of it: %s", (_, text) => {
  const marked = markTemplate(text);
  const parsed = parseTemplate(marked.text);
  const before = parseTemplate(text);
  expect(parsed.ok && Object.keys(parsed.template.parameters)).toEqual([digestParameter]);
  expect(parsed.ok && parsed.template.resources).toEqual(before.ok && before.template.resources);
  expect(markTemplate(`${text} `).digest).not.toBe(marked.digest);
});

test("what the file alone tells to be wrong", () => {
  const of = block({
    delivery: { bucket: "history", account: "Nobody" },
    rules: [
      { name: "twice", identifier: "A" },
      { name: "twice", identifier: "B", regions: ["eu-nowhere-1"] },
    ],
    conformancePacks: [{ name: "p", template: "p.yaml" }],
  });
  const issues = checkConfig(of, {
    accounts: new Set(["Audit"]),
    closing: new Set(),
    organizationalUnits: new Set(["Root"]),
    governedRegions: [],
    files: { "p.yaml": "Resources: {}" },
  });
  expect(issues.map(({ code, path }) => `${code} ${path.join("/")}`)).toEqual([
    "ORGRAIL1051 delivery/account",
    "ORGRAIL1120 rules/1/name",
    "ORGRAIL1090 rules/1/regions/0",
    "ORGRAIL1121 conformancePacks/0/template",
  ]);
});

test("an administrator of before is named: nothing of it is lost, and nothing of it goes", () => {
  const found = state({ otherAdministrators: ["Shop"] });
  const { issues } = configPlanner.plan({ block: block(), state: found, facts, files: {} });
  expect(issues.map(({ code, severity }) => [code, severity])).toEqual([
    ["ORGRAIL3122", "warning"],
  ]);
  expect(issues[0]?.summary).toMatch(/^Shop administers/);
});

describe("how it stands with rules and packs", () => {
  const of = block({
    rules: [{ name: "trail", identifier: "CLOUD_TRAIL_ENABLED", regions: ["eu-west-1"] }],
    conformancePacks: [
      { name: "base", templateS3Uri: "s3://packs/base.yaml", regions: ["eu-west-1"] },
    ],
  });
  const issues = (found: Partial<ConfigState["organization"][string]>) =>
    configPlanner
      .plan({
        block: of,
        state: state({ organization: { "eu-west-1": { rules: {}, packs: {}, ...found } } }),
        facts,
        files: {},
      })
      .issues.filter(({ code }) => ["ORGRAIL3121", "ORGRAIL3125"].includes(code));

  test("names the accounts in which it failed, five of them, with status and reason", () => {
    const parts = Array.from({ length: 7 }, (_, index) => ({
      account: `acc-${index}`,
      status: "CREATE_FAILED",
    }));
    const [shop, many] = issues({
      failures: { "rule:trail": "it failed", "conformancePack:base": "it failed" },
      failedAccounts: {
        "rule:trail": [{ account: "Shop", status: "CREATE_FAILED", reason: "NoRecorder: none" }],
        "conformancePack:base": parts,
      },
    });
    expect(shop?.summary).toBe(
      "the rule `trail` is not in every account in `eu-west-1`: Shop (Shop) CREATE_FAILED, NoRecorder: none",
    );
    expect(many?.summary).toMatch(/acc-4 CREATE_FAILED; and 2 more$/);
  });

  test("says what AWS says where it names no account, and what it is at work on", () => {
    const found = issues({
      failures: { "rule:trail": "it failed" },
      underWay: { "conformancePack:base": "CREATE_IN_PROGRESS" },
    });
    expect(found.map(({ severity, code, summary }) => [severity, code, summary])).toEqual([
      [
        "warning",
        "ORGRAIL3121",
        "the rule `trail` is not in every account in `eu-west-1`: it failed",
      ],
      [
        "info",
        "ORGRAIL3125",
        "AWS is still at work on the conformance pack `base` in `eu-west-1`: CREATE_IN_PROGRESS",
      ],
    ]);
    expect(issues({})).toEqual([]);
  });
});
