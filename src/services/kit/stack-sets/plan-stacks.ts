import type { RegionName } from "../../../core/identifiers.ts";
import type { Json, JsonObject } from "../../../core/json.ts";
import type { Address, ForeignThing } from "../../../core/plan.ts";
import type { IdOrRef, PlannedAccount, ServiceChange } from "../../../core/service-plan.ts";
import { placeOf, type StackSetPlan, type StackSetPlanInput } from "./stack-set-plan.ts";
import { reachableAccounts, stackSetInput, wantedAccounts } from "./wanted-stack-set.ts";

/** Regions in which the same is to be done, with how the accounts are named. */
interface Group {
  readonly regions: RegionName[];
  readonly filter: "NONE" | "INTERSECTION" | "DIFFERENCE";
  readonly accounts: readonly IdOrRef[];
  stacks: number;
}

/** Plans the stacks of a stack set: one call for all Regions in which the same is to be done. */
export function planStacks(
  input: StackSetPlanInput & { readonly address: Address; readonly isUpdated: boolean },
): StackSetPlan {
  const { wanted, found, facts, site, path, needs, address, isUpdated } = input;
  const creating: Group[] = [];
  // A first deployment waits for accounts of the same plan: what comes after it, such as rules of
  // Config, counts on what it brings.
  const coming = new Set<Address>();
  const mending: Group[] = [];
  const foreign: ForeignThing[] = [];
  const automatic = wanted.autoDeployment.enabled;
  const units = wanted.units.map(({ id }) => id);
  for (const region of wanted.regions) {
    const accounts = wantedAccounts(facts, wanted, region);
    const places = found?.instances[region];
    const broken = new Map((places?.broken ?? []).map((stack) => [stack.account, stack]));
    const there = new Set([
      ...(places?.current ?? []),
      ...(places?.working ?? []),
      ...broken.keys(),
    ]);
    const isTargeted = automatic
      ? units.every((id) => typeof id === "string" && found?.targets[id]?.includes(region))
      : accounts.some(({ id }) => typeof id === "string" && there.has(id));
    // Where it is deployed already, one that is still to come gets its stacks by itself.
    const missing = accounts.filter(
      ({ id, exists }) => (exists || !automatic) && !(typeof id === "string" && there.has(id)),
    );
    if (!isTargeted && accounts.length > 0) {
      const left = reachableAccounts(facts, wanted.units).filter((it) => !accounts.includes(it));
      const filter = left.length === 0 ? "NONE" : "DIFFERENCE";
      add(creating, region, filter, idsOf(left), accounts.length);
      for (const { name, exists } of accounts) if (!exists) coming.add(`account:${name}`);
    } else if (missing.length > 0) {
      add(creating, region, "INTERSECTION", idsOf(missing), missing.length);
    }
    const wantedIds = new Set(accounts.map(({ id }) => id));
    const failed = [...broken.keys()].filter((account) => wantedIds.has(account));
    if (failed.length > 0 && !isUpdated) {
      add(mending, region, "INTERSECTION", failed, failed.length);
    }
  }
  foreign.push(...leftovers(input));
  const make = (
    group: Group,
    operation: "CreateStackInstances" | "UpdateStackInstances",
    index: number,
  ): ServiceChange => ({
    ...placeOf(site),
    operation,
    address: `${address}/stacks`,
    action: operation === "CreateStackInstances" ? "create" : "update",
    input: {
      ...stackSetInput(wanted.name, site),
      DeploymentTargets: targetsOf(units, group),
      Regions: group.regions,
      OperationPreferences: wanted.preferences,
    },
    before: { stacks: 0 },
    after: { stacks: group.stacks },
    reason:
      operation === "CreateStackInstances"
        ? `${group.stacks} stacks are missing in ${group.regions.length} Regions`
        : `${group.stacks} stacks are not as the stack set wants them`,
    path,
    detail: `${group.regions.join(",")} ${group.filter} ${index}`,
    needs: [
      address,
      ...needs,
      ...(operation === "CreateStackInstances" && group.filter !== "INTERSECTION" ? coming : []),
    ],
  });
  return {
    changes: [
      ...creating.map((group, index) => make(group, "CreateStackInstances", index)),
      ...mending.map((group, index) => make(group, "UpdateStackInstances", index)),
    ],
    compared: [`${address}/stacks`],
    foreign,
    issues: [],
  };
}

function add(
  groups: Group[],
  region: RegionName,
  filter: Group["filter"],
  accounts: readonly IdOrRef[],
  stacks: number,
): void {
  const key = JSON.stringify([filter, accounts]);
  const same = groups.find((group) => JSON.stringify([group.filter, group.accounts]) === key);
  if (same === undefined) groups.push({ regions: [region], filter, accounts, stacks });
  else {
    same.regions.push(region);
    same.stacks += stacks;
  }
}

function targetsOf(units: readonly IdOrRef[], { filter, accounts }: Group): JsonObject {
  return {
    OrganizationalUnitIds: units as readonly Json[],
    ...(filter === "NONE"
      ? {}
      : { Accounts: accounts as readonly Json[], AccountFilterType: filter }),
  };
}

function idsOf(accounts: readonly PlannedAccount[]): readonly IdOrRef[] {
  return accounts.map(({ id }) => id);
}

/** Stacks where the file wants none: they are shown and left. */
function leftovers(
  input: StackSetPlanInput & { readonly address: Address },
): readonly ForeignThing[] {
  const { wanted, found, facts, address } = input;
  return Object.entries(found?.instances ?? {}).flatMap(([region, places]) => {
    const isWanted = wanted.regions.includes(region);
    const ids = new Set(isWanted ? wantedAccounts(facts, wanted, region).map(({ id }) => id) : []);
    const extra = [
      ...places.current,
      ...places.working,
      ...places.broken.map(({ account }) => account),
    ].filter((account) => !ids.has(account));
    if (extra.length === 0) return [];
    return [
      {
        address: `${address}/stacks@${region}`,
        id: extra.slice(0, 10).join(", ") + (extra.length > 10 ? ", ..." : ""),
        note: `${extra.length} stacks where the file wants none`,
      },
    ];
  });
}
