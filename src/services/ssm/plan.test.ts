import { describe, expect, it } from "vitest";
import type { OrganizationFacts, PlannedAccount, ServicePlan } from "../../core/service-plan.ts";
import { checkSystemsManager } from "./check.ts";
import { systemsManagerPlanner } from "./plan.ts";
import { type SystemsManagerBlock, systemsManagerSchema } from "./schema.ts";
import type { SystemsManagerState } from "./state.ts";

const shop = "222222222222";
const region = "eu-west-1";
const role = "service-role/AWSSystemsManagerDefaultEC2InstanceManagementRole";

const shopAccount: PlannedAccount = {
  name: "Shop",
  id: shop,
  exists: true,
  state: "ACTIVE",
  isManagement: false,
  path: ["Workloads"],
};

const facts: OrganizationFacts = {
  organizationId: "o-exampleorg",
  managementAccountId: "111111111111",
  partition: "aws",
  homeRegion: region,
  governedRegions: [region],
  units: [
    { path: [], id: "r-1" },
    { path: ["Workloads"], id: "ou-1" },
  ],
  accounts: [shopAccount],
};

const empty: SystemsManagerState = { settings: {}, provenBlocks: [], roles: {}, patching: {} };
const parse = (block: object): SystemsManagerBlock => systemsManagerSchema.parse(block);

function plan(block: object, state: Partial<SystemsManagerState>, more = facts): ServicePlan {
  const whole = { ...empty, ...state };
  return systemsManagerPlanner.plan({ block: parse(block), state: whole, facts: more, files: {} });
}

const shown = ({ changes }: ServicePlan): readonly string[] =>
  changes.map(({ operation, address }) => `${operation} ${address}`);

const cell = (value: object): Pick<SystemsManagerState, "settings"> => ({
  settings: { [shop]: { [region]: value } },
});

describe("settings of accounts and Regions", () => {
  it("are changed where they differ, and nowhere else", () => {
    const block = { blockPublicSharing: true };
    expect(plan(block, cell({ publicSharing: "Enable" })).changes).toMatchObject([
      { operation: "UpdateServiceSetting", before: { value: "Enable" }, workIn: shop, region },
    ]);
    expect(plan(block, cell({ publicSharing: "Disable" })).changes).toEqual([]);
  });

  it("are left alone when they were not read, proven, or not asked for", () => {
    const block = { blockPublicSharing: true };
    expect(plan(block, cell({})).changes).toEqual([]);
    const proven = { ...cell({ publicSharing: "Enable" }), provenBlocks: [`${shop}/${region}`] };
    expect(plan(block, proven).changes).toEqual([]);
    expect(plan({}, cell({ publicSharing: "Enable" })).changes).toEqual([]);
  });

  it("of a new account are what AWS sets, and its role is to be made", () => {
    const id = { $ref: "account:Shop" };
    const made = { ...facts, accounts: [{ ...shopAccount, id, exists: false }] };
    const planned = plan({ defaultHostManagement: {} }, {}, made);
    expect(shown(planned)).toEqual([
      "CreateRole ssm/hostManagementRole@Shop",
      "AttachRolePolicy ssm/hostManagementRole@Shop/policy",
      `UpdateServiceSetting ssm/hostManagement@Shop/${region}`,
    ]);
    expect(planned.changes[2]).toMatchObject({
      before: { value: "$None" },
      after: { value: role },
    });
    expect(planned.changes[2]?.needs).toContain("ssm/hostManagementRole@Shop/policy");
  });

  it("need no role where there is one, but end one that was begun", () => {
    const state = cell({ hostManagement: "$None" });
    const block = { defaultHostManagement: {} };
    const there = plan(block, { ...state, roles: { [shop]: { exists: true, isBare: false } } });
    expect(shown(there)).toEqual([`UpdateServiceSetting ssm/hostManagement@Shop/${region}`]);
    const begun = plan(block, { ...state, roles: { [shop]: { exists: true, isBare: true } } });
    expect(begun.changes[0]?.operation).toBe("AttachRolePolicy");
  });

  it("go back to AWS's by `remove: true`, where they are the file's", () => {
    const block = { defaultHostManagement: {}, blockPublicSharing: true, remove: true };
    const planned = plan(block, cell({ publicSharing: "Disable", hostManagement: "own-role" }));
    expect(planned.changes).toMatchObject([
      { operation: "ResetServiceSetting", risk: "protection", after: { value: "Enable" } },
    ]);
  });
});

describe("patch baselines", () => {
  const baseline = {
    operatingSystem: "UBUNTU",
    approvedPatches: ["a"],
    organizationalUnits: ["Root"],
    default: true,
    patchGroups: ["web"],
  };
  const found = { id: "pb-1", name: "base", operatingSystem: "UBUNTU", isDefault: true };
  const patching = (here: object): Pick<SystemsManagerState, "patching"> => ({
    patching: { [shop]: { [region]: here } },
  });

  it("are made with default and groups, which another one gives up", () => {
    const groups = [{ group: "web", baselineId: "pb-0", operatingSystem: "UBUNTU" }];
    const planned = plan(
      { patchBaselines: { base: baseline } },
      patching({ baselines: [{ ...found, id: "pb-0", name: "old" }], groups }),
    );
    const address = `ssm/patchBaseline:base@Shop/${region}`;
    expect(shown(planned)).toEqual([
      `CreatePatchBaseline ${address}`,
      `RegisterDefaultPatchBaseline ${address}/default`,
      `DeregisterPatchBaselineForPatchGroup ${address}/formerPatchGroup:web`,
      `RegisterPatchBaselineForPatchGroup ${address}/patchGroup:web`,
    ]);
    expect(planned.changes[1]?.input).toEqual({ BaselineId: { $ref: address } });
    expect(planned.changes[3]?.needs).toContain(`${address}/formerPatchGroup:web`);
    expect(planned.foreign).toMatchObject([{ id: "pb-0" }]);
  });

  it("are updated where the file says otherwise, and only there", () => {
    const groups = [{ group: "web", baselineId: "pb-1", operatingSystem: "UBUNTU" }];
    const content = { ApprovedPatches: ["b"], RejectedPatches: ["c"] };
    const state = patching({ baselines: [{ ...found, content }], groups });
    expect(plan({ patchBaselines: { base: baseline } }, state).changes).toMatchObject([
      {
        operation: "UpdatePatchBaseline",
        input: { BaselineId: "pb-1", ApprovedPatches: ["a"] },
        before: { ApprovedPatches: ["b"] },
        after: { ApprovedPatches: ["a"] },
      },
    ]);
  });

  it("are not planned where they were not read", () => {
    const block = { patchBaselines: { base: baseline } };
    expect(plan(block, {}).changes).toEqual([]);
    expect(plan(block, patching({ groups: [] })).changes).toEqual([]);
    expect(plan(block, patching({ baselines: [found] })).changes).toEqual([]);
  });

  it("go after AWS's own is the default again, and not before it is known", () => {
    const block = { patchBaselines: { base: { ...baseline, remove: true } } };
    const state = { baselines: [found], groups: [] };
    expect(plan(block, patching(state)).changes).toEqual([]);
    const known = patching({ ...state, awsBaselines: { UBUNTU: "arn:aws-own" } });
    const planned = plan(block, known);
    expect(planned.changes.map(({ operation }) => operation)).toEqual([
      "RegisterDefaultPatchBaseline",
      "DeletePatchBaseline",
    ]);
    expect(planned.changes[1]?.needs).toContain(planned.changes[0]?.address);
  });
});

describe("the check of a block", () => {
  const context = {
    accounts: new Set(["Shop"]),
    closing: new Set<string>(),
    organizationalUnits: new Set(["Root"]),
    governedRegions: [region],
    files: {},
  };
  const one = { operatingSystem: "UBUNTU", accounts: ["Shop"] };
  it.each([
    ["an unknown account", { aaa: { ...one, accounts: ["X"] } }, "ORGRAIL1051"],
    ["an unknown unit", { aaa: { ...one, organizationalUnits: ["X"] } }, "ORGRAIL1050"],
    ["a Region that is not governed", { aaa: { ...one, regions: ["us-east-1"] } }, "ORGRAIL1091"],
    ["a baseline for nobody", { aaa: { operatingSystem: "UBUNTU" } }, "ORGRAIL1190"],
    [
      "a rule without a time",
      { aaa: { ...one, approvalRules: [{ filters: [{ Key: "NAME", Values: ["*"] }] }] } },
      "ORGRAIL1191",
    ],
    [
      "two defaults",
      { aaa: { ...one, default: true }, bbb: { ...one, default: true } },
      "ORGRAIL1192",
    ],
  ])("finds %s", (_, patchBaselines, code) => {
    const issues = checkSystemsManager(parse({ patchBaselines }), context);
    expect(issues.map((issue) => issue.code)).toEqual([code]);
  });
});
