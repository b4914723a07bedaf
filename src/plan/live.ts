import type {
  OrganizationAccountState,
  OrganizationalUnitState,
  OrganizationState,
  PolicyState,
} from "../core/snapshot.ts";

/** Ids of the policies attached to a target, by policy type. */
export type AttachedByType = ReadonlyMap<string, ReadonlySet<string>>;

/** The organization of a snapshot, indexed. */
export interface LiveOrganization {
  readonly state: OrganizationState;
  readonly rootId: string;
  readonly unitById: ReadonlyMap<string, OrganizationalUnitState>;
  readonly accountById: ReadonlyMap<string, OrganizationAccountState>;
  /** By lower-case e-mail. */
  readonly accountsByEmail: ReadonlyMap<string, readonly OrganizationAccountState[]>;
  readonly unitsIn: ReadonlyMap<string, readonly OrganizationalUnitState[]>;
  readonly accountsIn: ReadonlyMap<string, readonly OrganizationAccountState[]>;
  readonly policyById: ReadonlyMap<string, PolicyState>;
  /** By target id. */
  readonly attached: ReadonlyMap<string, AttachedByType>;
}

/** Indexes what a snapshot holds of an organization. */
export function indexOrganization(state: OrganizationState): LiveOrganization {
  const attached = new Map<string, Map<string, Set<string>>>();
  for (const policy of state.policies ?? []) {
    for (const target of policy.targets ?? []) {
      const byType = entry(attached, target, () => new Map<string, Set<string>>());
      entry(byType, policy.type, () => new Set<string>()).add(policy.id);
    }
  }
  return {
    state,
    rootId: state.root.id,
    unitById: new Map(state.organizationalUnits.map((unit) => [unit.id, unit])),
    accountById: new Map(state.accounts.map((account) => [account.id, account])),
    accountsByEmail: groupBy(state.accounts, (account) => account.email.toLowerCase()),
    unitsIn: groupBy(state.organizationalUnits, (unit) => unit.parentId),
    accountsIn: groupBy(state.accounts, (account) => account.parentId),
    policyById: new Map((state.policies ?? []).map((policy) => [policy.id, policy])),
    attached,
  };
}

/** The names from the root down to a unit, or `undefined` when the unit hangs on nothing. */
export function livePath(live: LiveOrganization, unitId: string): string[] | undefined {
  const names: string[] = [];
  const seen = new Set<string>();
  for (let id = unitId; id !== live.rootId; ) {
    const unit = live.unitById.get(id);
    if (unit === undefined || seen.has(id)) return undefined;
    seen.add(id);
    names.unshift(unit.name);
    id = unit.parentId;
  }
  return names;
}

/** The unit at a path of names from the root, when exactly one is there. */
export function unitAtPath(
  live: LiveOrganization,
  path: readonly string[],
): OrganizationalUnitState | undefined {
  let found: OrganizationalUnitState | undefined;
  for (const name of path) {
    const parentId: string = found?.id ?? live.rootId;
    const matches = (live.unitsIn.get(parentId) ?? []).filter((unit) => unit.name === name);
    if (matches.length !== 1) return undefined;
    found = matches[0];
  }
  return found;
}

/** The member of a map at a key, made when it is not there. */
export function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const present = map.get(key);
  if (present !== undefined) return present;
  const made = make();
  map.set(key, made);
  return made;
}

/** Groups a list by a key, keeping its order. */
export function groupBy<T, K>(list: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of list) entry(groups, key(item), (): T[] => []).push(item);
  return groups;
}
