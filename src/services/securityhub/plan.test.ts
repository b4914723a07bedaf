import { describe, expect, test } from "vitest";
import type { OrganizationFacts, PlannedAccount, ServicePlan } from "../../core/service-plan.ts";
import { contentOf } from "./content.ts";
import { securityHubPlanner } from "./plan.ts";
import { type SecurityHubBlock, securityHubSchema } from "./schema.ts";
import type { SecurityHubState } from "./state.ts";

const home = "eu-west-1";
const account = (name: string, id: string, more: Partial<PlannedAccount> = {}): PlannedAccount => ({
  name,
  id,
  exists: true,
  state: "ACTIVE",
  isManagement: false,
  path: ["Workloads"],
  ...more,
});
const management = account("Management", "100000000000", { isManagement: true, path: [] });
const audit = account("Audit", "200000000000");
const facts: OrganizationFacts = {
  organizationId: "o-example0000",
  managementAccountId: "100000000000",
  partition: "aws",
  homeRegion: home,
  governedRegions: [home],
  units: [
    { path: [], id: "r-root" },
    { path: ["Workloads"], id: "ou-root-workload" },
  ],
  accounts: [management, audit, account("Shop", "300000000000")],
};
const baseline = { name: "baseline", targets: { organizationalUnits: ["Root"] } };
const block = (more: object = {}): SecurityHubBlock =>
  securityHubSchema.parse({ delegatedAdministrator: "Audit", policies: [baseline], ...more });
const [policy] = block().policies ?? [];

/** All as the block above wants it. */
const settled: SecurityHubState = {
  administrator: "200000000000",
  registered: "200000000000",
  regions: {
    [home]: {
      administrator: "200000000000",
      managementHub: true,
      configuration: {
        autoEnable: false,
        autoEnableStandards: "NONE",
        configurationType: "CENTRAL",
        status: "ENABLED",
        limitReached: false,
      },
    },
  },
  hub: true,
  aggregator: { arn: "arn:aggregator", home, linking: "ALL_REGIONS", regions: [] },
  policies: [
    {
      id: "p1",
      name: "baseline",
      description: "",
      content: policy === undefined ? {} : contentOf(policy, "aws", home),
    },
  ],
  associations: { "r-root": "p1" },
};

const planned = (state: Partial<SecurityHubState>, more: object = {}): ServicePlan =>
  securityHubPlanner.plan({
    block: block(more),
    state: { ...settled, ...state },
    facts,
    files: {},
  });
const operations = ({ changes }: ServicePlan): readonly string[] =>
  changes.map(({ operation }) => operation);
const region = (more: object): Pick<SecurityHubState, "regions"> => ({
  regions: { [home]: { ...settled.regions[home], ...more } as never },
});

describe("a plan of Security Hub", () => {
  test.each<
    [title: string, state: Partial<SecurityHubState>, more: object, expected: readonly string[]]
  >([
    ["has nothing to do where all is as wanted", {}, {}, []],
    ["does nothing where the administrator was not read", { regions: {} }, {}, []],
    [
      "gives the management account a hub",
      region({ managementHub: false }),
      {},
      ["EnableSecurityHub"],
    ],
    [
      "leaves an excluded management account alone",
      {
        ...region({ managementHub: false }),
        associations: { "r-root": "p1", "100000000000": "SELF_MANAGED_SECURITY_HUB" },
      },
      { excludeAccounts: ["Management"] },
      [],
    ],
    [
      "changes a policy's controls",
      {},
      { policies: [{ ...baseline, disabledControls: ["IAM.6"] }] },
      ["UpdateConfigurationPolicy"],
    ],
    [
      "applies a policy to a unit",
      {},
      {
        policies: [{ ...baseline, targets: { organizationalUnits: ["Root", "Workloads"] } }],
      },
      ["StartConfigurationPolicyAssociation"],
    ],
    [
      "withdraws what was applied to a unit",
      { associations: { "r-root": "p1", "ou-root-workload": "p1" } },
      { inherit: { organizationalUnits: ["Workloads"] } },
      ["StartConfigurationPolicyDisassociation"],
    ],
    [
      "takes a policy from its targets before it is deleted",
      {},
      { policies: [{ ...baseline, targets: {}, remove: true }] },
      ["StartConfigurationPolicyDisassociation", "DeleteConfigurationPolicy"],
    ],
    [
      "links other Regions",
      {},
      { aggregation: { linking: "SPECIFIED_REGIONS", regions: ["eu-west-2"] } },
      ["UpdateFindingAggregator"],
    ],
    ["does not plan policies that were not read", withoutPolicies(), {}, []],
  ])("%s", (_, state, more, expected) => {
    expect(operations(planned(state, more))).toEqual(expected);
  });

  test("shows an association and a policy that are not in the file", () => {
    const { changes, foreign } = planned({
      policies: [...(settled.policies ?? []), { id: "p2", name: "other", description: "" }],
      associations: { "r-root": "p1", "300000000000": "p2" },
    });
    expect(changes).toEqual([]);
    expect(foreign.map(({ id }) => id)).toEqual(["p2", "300000000000"]);
  });

  test.each([
    [
      "an aggregator in another Region",
      { aggregator: { arn: "a", home: "eu-west-2", linking: "ALL_REGIONS", regions: [] } },
      "ORGRAIL3132",
    ],
    ["policies that compete", { competingPolicies: ["cspm"] }, "ORGRAIL3128"],
    [
      "a switch under way",
      region({ configuration: { ...settled.regions[home]?.configuration, status: "PENDING" } }),
      "ORGRAIL3133",
    ],
  ])("says of %s what it means, and does nothing", (_, state, code) => {
    const { changes, issues } = planned(state as Partial<SecurityHubState>);
    expect(changes).toEqual([]);
    expect(issues.map((issue) => issue.code)).toEqual([code]);
  });
});

function withoutPolicies(): Partial<SecurityHubState> {
  return { policies: undefined } as unknown as Partial<SecurityHubState>;
}
