import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../core/json.ts";
import type { OrganizationFacts, PlannedAccount, ServicePlan } from "../../core/service-plan.ts";
import { checkSystemsManager } from "./check.ts";
import { patchPolicyFacet } from "./patch-policy-facet.ts";
import { systemsManagerPlanner } from "./plan.ts";
import { systemsManagerSchema } from "./schema.ts";
import type { SystemsManagerState } from "./state.ts";

const region = "eu-west-1";
const account = (name: string, id: string, path: readonly string[]): PlannedAccount => ({
  name,
  id,
  exists: true,
  state: "ACTIVE",
  isManagement: name === "Management",
  path,
});
const facts: OrganizationFacts = {
  organizationId: "o-exampleorg",
  managementAccountId: "111111111111",
  partition: "aws",
  homeRegion: region,
  governedRegions: [region, "us-east-1"],
  units: [
    { path: [], id: "r-1" },
    { path: ["Workloads"], id: "ou-1" },
    { path: ["New"], id: { $ref: "organizationalUnit:New" } },
  ],
  accounts: [
    account("Management", "111111111111", []),
    account("Shop", "222222222222", ["Workloads"]),
  ],
};
const aws = { AMAZON_LINUX_2023: "arn:aws:ssm:eu-west-1:1:patchbaseline/pb-1", WINDOWS: "pb-2" };
const address = `ssm/patchPolicy:weekly@Management/${region}`;

type Policies = NonNullable<SystemsManagerState["patchPolicies"]>;

function plan(policy: object, read: Partial<Policies> = {}, more: object = {}): ServicePlan {
  const state: SystemsManagerState = {
    settings: {},
    provenBlocks: [],
    roles: {},
    patching: { "111111111111": { [region]: { baselines: [], groups: [] } } },
    patchPolicies: { stacks: { weekly: null }, awsBaselines: aws, ...read },
  };
  const block = systemsManagerSchema.parse({ patchPolicies: { weekly: policy }, ...more });
  return systemsManagerPlanner.plan({ block, state, facts, files: {} });
}

/** What AWS says once a change is made. */
function made({ changes }: ServicePlan, ids: Readonly<Record<string, string>> = {}): JsonObject {
  const { input = {} } = changes.at(-1) ?? {};
  const { TemplateBody, Parameters } = input as {
    TemplateBody: string;
    Parameters: readonly { ParameterKey: string; ParameterValue: string | { $ref: string } }[];
  };
  const parameters = Object.fromEntries(
    Parameters.map(({ ParameterKey, ParameterValue: value }) => [
      ParameterKey,
      typeof value === "string" ? value : (ids[value.$ref] ?? ""),
    ]),
  );
  return patchPolicyFacet({ status: "CREATE_COMPLETE", template: TemplateBody, parameters });
}

describe("a patch policy", () => {
  it("is a stack of the management account that Quick Setup carries to whole units", () => {
    const planned = plan({ organizationalUnits: ["Workloads"] });
    expect(planned.changes).toMatchObject([
      {
        operation: "CreateStack",
        address,
        workIn: "111111111111",
        region,
        needs: expect.arrayContaining([
          "trustedAccess:member.org.stacksets.cloudformation.amazonaws.com",
        ]),
        after: {
          ConfigurationOptionsPatchOperation: "Scan",
          PatchBaselineUseDefault: "default",
          TargetRegions: "eu-west-1,us-east-1",
          baselines: aws,
          organizationalUnits: ["ou-1"],
        },
      },
    ]);
    expect(made(planned)).toEqual(planned.changes[0]?.after);
  });

  it("is left alone once AWS has it, and changed where it differs", () => {
    const there = made(plan({}));
    expect(plan({}, { stacks: { weekly: there } }).changes).toEqual([]);
    const planned = plan({ reboot: "RebootIfNeeded" }, { stacks: { weekly: there } });
    expect(planned.changes).toMatchObject([
      {
        operation: "UpdateStack",
        before: { RebootOption: "NoReboot" },
        after: { RebootOption: "RebootIfNeeded" },
      },
    ]);
  });

  it("takes ids that the plan makes as the stack's parameters", () => {
    const baselines = { WINDOWS: "servers" };
    const patchBaselines = { servers: { operatingSystem: "WINDOWS", accounts: ["Management"] } };
    const planned = plan({ baselines, organizationalUnits: ["New"] }, {}, { patchBaselines });
    const change = planned.changes.find(({ operation }) => operation === "CreateStack");
    const made1 = `ssm/patchBaseline:servers@Management/${region}`;
    expect(change?.needs).toContain(made1);
    expect(change?.after).toMatchObject({
      PatchBaselineUseDefault: "custom",
      baselines: { WINDOWS: { $ref: made1 } },
      organizationalUnits: [{ $ref: "organizationalUnit:New" }],
    });
    const ids = { [made1]: "pb-9", "organizationalUnit:New": "ou-9" };
    expect(made({ ...planned, changes: [change as never] }, ids)).toMatchObject({
      baselines: { WINDOWS: "pb-9", AMAZON_LINUX_2023: aws.AMAZON_LINUX_2023 },
      organizationalUnits: ["ou-9"],
    });
  });

  it("is not planned on what was not read", () => {
    expect(plan({}, { stacks: {} }).changes).toEqual([]);
    const { changes, compared } = systemsManagerPlanner.plan({
      block: systemsManagerSchema.parse({ patchPolicies: { weekly: {} } }),
      state: { settings: {}, provenBlocks: [], roles: {}, patching: {} },
      facts,
      files: {},
    });
    expect({ changes, compared }).toEqual({ changes: [], compared: [] });
  });

  it("whose stack was never made is made anew, after the stack is gone", () => {
    const planned = plan({}, { stacks: { weekly: { status: "ROLLBACK_COMPLETE" } } });
    expect(planned.changes).toMatchObject([
      { operation: "DeleteStack", address: `${address}/failed` },
      { operation: "CreateStack", needs: expect.arrayContaining([`${address}/failed`]) },
    ]);
  });

  it("goes by `remove: true`, and not by leaving it out", () => {
    const there = made(plan({}));
    expect(plan({ remove: true }, { stacks: { weekly: there } }).changes).toMatchObject([
      { operation: "DeleteStack", phase: "undo", risk: "protection", before: there, after: null },
    ]);
    expect(plan({ remove: true }).changes).toEqual([]);
  });

  it("says what its baselines lack, and whom it reaches beyond the block", () => {
    const patchBaselines = { servers: { operatingSystem: "WINDOWS", accounts: ["Shop"] } };
    const lacking = plan({ baselines: { WINDOWS: "servers" } }, {}, { patchBaselines });
    expect(lacking.issues).toMatchObject([{ code: "ORGRAIL3195", severity: "error" }]);
    expect(lacking.changes.filter(({ operation }) => operation === "CreateStack")).toEqual([]);
    const reaching = plan({}, {}, { excludeAccounts: ["Shop"] });
    expect(reaching.issues).toMatchObject([{ code: "ORGRAIL3196", severity: "warning" }]);
  });
});

describe("a stack that is not as orgrail made it", () => {
  it.each([
    ["{", { template: "unreadable" }],
    ["Resources: { Other: { Type: 'AWS::SNS::Topic' } }", { template: "of something else" }],
  ])("is shown as that: %s", (template, facet) => {
    expect(patchPolicyFacet({ status: "UPDATE_COMPLETE", template, parameters: {} })).toEqual(
      facet,
    );
  });
});

describe("the block", () => {
  const check = (patchPolicies: object): readonly string[] =>
    checkSystemsManager(systemsManagerSchema.parse({ patchPolicies }), {
      accounts: new Set(["Shop"]),
      closing: new Set(),
      organizationalUnits: new Set(["Root", "Workloads"]),
      governedRegions: [region],
      files: {},
    }).map(({ code, path }) => `${code} ${path.join(".")}`);

  it("is checked for what belongs together", () => {
    expect(check({ a: { operation: "ScanAndInstall" } })).toEqual(["ORGRAIL1193 patchPolicies.a"]);
    expect(check({ a: { installSchedule: "cron(0 2 * * ? *)" } })).toEqual([
      "ORGRAIL1193 patchPolicies.a",
    ]);
    expect(check({ a: { baselines: { WINDOWS: "none" }, regions: ["us-east-1"] } })).toEqual([
      "ORGRAIL1091 patchPolicies.a.regions.0",
      "ORGRAIL1194 patchPolicies.a.baselines.WINDOWS",
    ]);
    expect(check({ a: { organizationalUnits: ["Nowhere"] } })).toEqual([
      "ORGRAIL1050 patchPolicies.a.organizationalUnits.0",
    ]);
  });
});
