import { digest } from "../core/digest.ts";
import type { Json, JsonObject } from "../core/json.ts";
import type { Address, Change, Plan } from "../core/plan.ts";
import { isRef } from "../core/plan.ts";
import type { OrganizationState, Snapshot } from "../core/snapshot.ts";
import { entry } from "./live.ts";
import { simulateOperation } from "./simulate-operation.ts";
import type { SimulatedWorld } from "./simulated-world.ts";
import { simulatedWorld } from "./simulated-world.ts";

/** A snapshot after changes, and what AWS would have refused of them. */
export interface Simulation {
  readonly snapshot: Snapshot;
  readonly refused: readonly { readonly change: string; readonly why: string }[];
}

/**
 * Applies the first `count` changes of a plan (all when absent) to the snapshot that it was made
 * from, by AWS's rules: what AWS would refuse is not done and is named. New things get ids made
 * from the change's id. No input is modified.
 */
export function simulate(snapshot: Snapshot, plan: Plan, count?: number): Simulation {
  const steps = simulateSteps(snapshot, plan);
  let last = steps.next();
  for (let done = 0; !last.done && done < (count ?? plan.changes.length); done++) {
    last = steps.next();
  }
  const world = last.value;
  return {
    snapshot: { ...snapshot, organization: freeze(snapshot, world) },
    refused: world.refused,
  };
}

/**
 * Walks through a plan: gives the world before the first change and after each. The world is one
 * object that is changed from step to step.
 */
export function* simulateSteps(
  snapshot: Snapshot,
  plan: Plan,
): Generator<SimulatedWorld, SimulatedWorld> {
  const world = simulatedWorld(snapshot.organization);
  const ids = new Map<Address, string>(Object.entries(plan.ids));
  yield world;
  for (const change of plan.changes) {
    const input = resolve(change.input, ids) as JsonObject;
    const outcome = simulateOperation(world, change, input, newId(world, change));
    if (outcome?.refused !== undefined) {
      world.refused.push({ change: change.id, why: outcome.refused });
    } else if (outcome?.id !== undefined) {
      ids.set(change.address, outcome.id);
    }
    yield world;
  }
  return world;
}

function resolve(value: Json, ids: ReadonlyMap<Address, string>): Json {
  if (isRef(value)) return ids.get(value.$ref) ?? `unresolved:${value.$ref}`;
  if (Array.isArray(value)) return value.map((item: Json) => resolve(item, ids));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, resolve(member as Json, ids)]),
    );
  }
  return value;
}

function newId(world: SimulatedWorld, change: Change): string {
  const hash = digest(change.id);
  if (change.operation === "CreateOrganizationalUnit") {
    return `ou-${world.rootId.slice(2)}-${hash.slice(0, 12)}`;
  }
  if (change.operation === "CreatePolicy") return `p-${hash.slice(0, 12)}`;
  for (let from = 0; ; from++) {
    const digits = String(BigInt(`0x${hash.slice(from, from + 15)}`)).padStart(12, "1");
    const id = digits.slice(-12).replace(/^0/, "9");
    if (!world.accounts.has(id)) return id;
  }
}

function freeze(snapshot: Snapshot, world: SimulatedWorld): OrganizationState {
  const before = snapshot.organization;
  const targets = new Map<string, string[]>();
  for (const [target, ids] of world.attached) {
    for (const id of ids) entry(targets, id, (): string[] => []).push(target);
  }
  const byId = <T extends { id: string }>(map: ReadonlyMap<string, T>): T[] =>
    [...map.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    ...before,
    root: world.root,
    organizationalUnits: byId(world.units),
    accounts: byId(world.accounts),
    ...(before.policies === undefined
      ? {}
      : {
          policies: byId(world.policies).map((policy) =>
            policy.targets === undefined
              ? policy
              : { ...policy, targets: (targets.get(policy.id) ?? []).sort() },
          ),
        }),
    ...(before.trustedAccess === undefined
      ? {}
      : {
          trustedAccess: [...world.trustedAccess]
            .sort()
            .map((servicePrincipal) => ({ servicePrincipal })),
        }),
    ...(before.delegatedAdministrators === undefined
      ? {}
      : {
          delegatedAdministrators: [...world.delegated]
            .filter(([, services]) => services.size > 0)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([account, services]) => ({ account, services: [...services].sort() })),
        }),
    ...(world.resourcePolicy === undefined ? {} : { resourcePolicy: world.resourcePolicy }),
  };
}
