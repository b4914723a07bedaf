import { describe, expect, test } from "vitest";
import type { OrganizationFacts, PlannedAccount } from "../../../core/service-plan.ts";
import { planStackSet, planStackSetRemoval } from "./plan-stack-set.ts";
import type { StackSetPlan } from "./stack-set-plan.ts";
import type { StackPlaces, StackSetDefinition, StackSetState } from "./stack-set-state.ts";
import { type WantedStackSet, wantedDefinition } from "./wanted-stack-set.ts";

const account = (name: string, path: string[], more: object = {}): PlannedAccount => ({
  name,
  id: name,
  exists: true,
  state: "ACTIVE",
  isManagement: false,
  path,
  ...more,
});

const facts: OrganizationFacts = {
  organizationId: "o-example1234",
  managementAccountId: "M",
  partition: "aws",
  homeRegion: "us-east-1",
  governedRegions: ["us-east-1", "eu-west-1"],
  units: [
    { path: [], id: "r-1234" },
    { path: ["Prod"], id: "ou-prod" },
  ],
  accounts: [
    account("A", ["Prod"]),
    account("B", ["Prod"]),
    account("C", []),
    account("Gone", ["Prod"], { state: "SUSPENDED" }),
    account("M", [], { isManagement: true }),
    account("Next", ["Prod"], { id: { $ref: "account:Next" }, exists: false }),
  ],
};

const wantedSet = (more: Partial<WantedStackSet> = {}): WantedStackSet => ({
  name: "baseline",
  description: "",
  template: "Resources: {}",
  parameters: {},
  capabilities: [],
  tags: {},
  autoDeployment: { enabled: true, retainStacks: false, dependsOn: [] },
  managedExecution: true,
  units: facts.units.filter(({ path }) => path.length === 0),
  regions: ["us-east-1", "eu-west-1"],
  includes: () => true,
  preferences: {},
  ...more,
});

const places = (more: Partial<StackPlaces>): StackPlaces => ({
  current: [],
  broken: [],
  working: [],
  ...more,
});

const found = (more: Partial<StackSetState> = {}): StackSetState => ({
  name: "baseline",
  arn: "arn:baseline",
  permissionModel: "SERVICE_MANAGED",
  definition: wantedDefinition(wantedSet()) as unknown as StackSetDefinition,
  targets: { "r-1234": ["eu-west-1", "us-east-1"] },
  units: ["r-1234"],
  instances: {
    "us-east-1": places({ current: ["A", "B", "C"] }),
    "eu-west-1": places({ current: ["A", "B", "C"] }),
  },
  drift: { status: "NOT_CHECKED", drifted: [] },
  ...more,
});

const plan = (wanted: WantedStackSet, state: StackSetState | null): StackSetPlan =>
  planStackSet({
    wanted,
    found: state,
    site: { callAs: "SELF", region: "us-east-1" },
    facts,
    path: [],
    needs: [],
    ids: {},
  });

/** Operations with targets and Regions, as short text. */
const inShort = ({ changes }: StackSetPlan): string[] =>
  changes.map(({ operation, input, after }) => {
    const { AccountFilterType: filter, Accounts } = (input.DeploymentTargets ?? {}) as {
      AccountFilterType?: string;
      Accounts?: unknown[];
    };
    const regions = input.Regions as string[] | undefined;
    const accounts = filter === undefined ? "" : ` ${filter} ${JSON.stringify(Accounts)}`;
    const count = after !== null && "stacks" in after ? ` -> ${String(after.stacks)}` : "";
    return `${operation}${regions === undefined ? "" : ` ${regions.join()}`}${accounts}${count}`;
  });

describe("a stack set", () => {
  test.each([
    ["as it is wanted", wantedSet(), found(), []],
    [
      "that is not there",
      wantedSet(),
      null,
      ["CreateStackSet", "CreateStackInstances us-east-1,eu-west-1 -> 8"],
    ],
    [
      "with accounts left out",
      wantedSet({ includes: ({ name }) => name !== "B" }),
      null,
      ["CreateStackSet", 'CreateStackInstances us-east-1,eu-west-1 DIFFERENCE ["B"] -> 6'],
    ],
    [
      "with an account left out of one Region",
      wantedSet({ includes: ({ name }, region) => name !== "B" || region === "us-east-1" }),
      null,
      [
        "CreateStackSet",
        "CreateStackInstances us-east-1 -> 4",
        'CreateStackInstances eu-west-1 DIFFERENCE ["B"] -> 3',
      ],
    ],
    [
      "that lacks stacks, in one Region each",
      wantedSet(),
      found({
        instances: {
          "us-east-1": places({ current: ["A", "C"] }),
          "eu-west-1": places({ current: ["A"], working: ["B"] }),
        },
      }),
      [
        'CreateStackInstances us-east-1 INTERSECTION ["B"] -> 1',
        'CreateStackInstances eu-west-1 INTERSECTION ["C"] -> 1',
      ],
    ],
    [
      "with stacks that failed",
      wantedSet(),
      found({
        instances: {
          "us-east-1": places({ current: ["A"], broken: ["B", "C"].map(failed) }),
          "eu-west-1": places({ current: ["A"], broken: ["B", "C"].map(failed) }),
        },
      }),
      ['UpdateStackInstances us-east-1,eu-west-1 INTERSECTION ["B","C"] -> 4'],
    ],
    [
      "that is otherwise: its update mends what failed",
      wantedSet({ parameters: { Key: "value" } }),
      found({
        instances: {
          "us-east-1": places({ current: ["A", "B"], broken: [failed("C")] }),
          "eu-west-1": places({ current: ["A", "B", "C"] }),
        },
      }),
      ["UpdateStackSet"],
    ],
    [
      "without automatic deployment: accounts to come are named",
      wantedSet({ autoDeployment: { enabled: false, retainStacks: false, dependsOn: [] } }),
      found({
        definition: wantedDefinition(
          wantedSet({ autoDeployment: { enabled: false, retainStacks: false, dependsOn: [] } }),
        ) as unknown as StackSetDefinition,
        targets: {},
      }),
      ['CreateStackInstances us-east-1,eu-west-1 INTERSECTION [{"$ref":"account:Next"}] -> 2'],
    ],
    [
      "of an organizational unit",
      wantedSet({
        units: facts.units.filter(({ path }) => path.length === 1),
        regions: ["us-east-1"],
      }),
      null,
      ["CreateStackSet", "CreateStackInstances us-east-1 -> 3"],
    ],
  ] as const)("%s", (_, wanted, state, expected) => {
    expect(inShort(plan(wanted, state))).toEqual(expected);
  });

  test("stacks where the file wants none are shown and left", () => {
    const { changes, foreign } = plan(wantedSet({ regions: ["us-east-1"] }), found());
    expect(changes).toEqual([]);
    expect(foreign).toEqual([
      {
        address: "cloudformation/stackSet:baseline@us-east-1/stacks@eu-west-1",
        id: "A, B, C",
        note: "3 stacks where the file wants none",
      },
    ]);
  });

  test("one with self-managed permissions is refused, not changed", () => {
    const { changes, issues } = plan(wantedSet(), found({ permissionModel: "SELF_MANAGED" }));
    expect(changes).toEqual([]);
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual([
      ["ORGRAIL3110", "error"],
    ]);
  });

  test("drift is told with the places", () => {
    const drift = { status: "DRIFTED", drifted: [{ account: "A", region: "us-east-1" }] };
    const { issues } = plan(wantedSet(), found({ drift }));
    expect(issues[0]?.summary).toContain("A in us-east-1");
  });
});

test("a removal deletes the stacks first, and says what that destroys", () => {
  const shared = {
    site: { callAs: "SELF", region: "us-east-1" },
    preferences: {},
    path: [],
  } as const;
  const changes = planStackSetRemoval({ ...shared, found: found(), retainStacks: false });
  expect(changes.map(({ operation, risk, phase }) => [operation, risk, phase])).toEqual([
    ["DeleteStackInstances", "destructive", "undo"],
    ["DeleteStackSet", "protection", "undo"],
  ]);
  expect(changes[0]?.before).toEqual({ stacks: 6 });
  const kept = planStackSetRemoval({ ...shared, found: found(), retainStacks: true });
  expect(kept[0]?.input.RetainStacks).toBe(true);
  expect(kept[0]?.risk).toBe("protection");
  const empty = planStackSetRemoval({
    ...shared,
    found: found({ instances: {} }),
    retainStacks: false,
  });
  expect(empty.map(({ operation }) => operation)).toEqual(["DeleteStackSet"]);
});

test("a first deployment waits for the accounts that the same plan makes", () => {
  const { changes } = plan(wantedSet(), null);
  const stacks = changes.find(({ operation }) => operation === "CreateStackInstances");
  expect(stacks?.needs).toContain("account:Next");
});

function failed(account: string): { account: string; status: string; reason: string } {
  return { account, status: "FAILED", reason: "a resource could not be made" };
}
