import type {
  OrganizationAccountState,
  OrganizationalUnitState,
  OrganizationState,
  PolicyState,
  ResourcePolicyState,
  RootState,
} from "../core/snapshot.ts";
import { entry } from "./live.ts";

/** An organization that changes can be made to, by AWS's rules. */
export interface SimulatedWorld {
  readonly organizationId: string;
  readonly managementAccountId: string;
  readonly rootId: string;
  root: RootState;
  readonly units: Map<string, OrganizationalUnitState>;
  readonly accounts: Map<string, OrganizationAccountState>;
  readonly policies: Map<string, PolicyState>;
  /** Ids of policies, by target id. */
  readonly attached: Map<string, Set<string>>;
  readonly trustedAccess: Set<string>;
  /** Service principals, by account id. */
  readonly delegated: Map<string, Set<string>>;
  resourcePolicy: ResourcePolicyState | null | undefined;
  /** What may be there once only: unit names by parent, e-mails, policy names by type. */
  readonly taken: Set<string>;
  /** How many units and accounts are in a unit or the root. */
  readonly filled: Map<string, number>;
  readonly refused: { change: string; why: string }[];
}

/** Copies a state into a world. */
export function simulatedWorld(state: OrganizationState): SimulatedWorld {
  const attached = new Map<string, Set<string>>();
  for (const policy of state.policies ?? []) {
    for (const target of policy.targets ?? []) {
      entry(attached, target, () => new Set<string>()).add(policy.id);
    }
  }
  const { organizationalUnits: units, accounts, policies = [] } = state;
  const filled = new Map<string, number>();
  for (const { parentId } of [...units, ...accounts]) {
    filled.set(parentId, (filled.get(parentId) ?? 0) + 1);
  }
  return {
    taken: new Set([
      ...units.map(({ parentId, name }) => unitName(parentId, name)),
      ...accounts.map(({ email }) => email.toLowerCase()),
      ...policies.map(({ type, name }) => policyName(type, name)),
    ]),
    filled,
    organizationId: state.id,
    managementAccountId: state.managementAccountId,
    rootId: state.root.id,
    root: state.root,
    units: new Map(state.organizationalUnits.map((unit) => [unit.id, unit])),
    accounts: new Map(state.accounts.map((account) => [account.id, account])),
    policies: new Map((state.policies ?? []).map((policy) => [policy.id, policy])),
    attached,
    trustedAccess: new Set(state.trustedAccess?.map(({ servicePrincipal }) => servicePrincipal)),
    delegated: new Map(
      state.delegatedAdministrators?.map(({ account, services }) => [account, new Set(services)]),
    ),
    resourcePolicy: state.resourcePolicy,
    refused: [],
  };
}

/** What a unit's name takes among {@link SimulatedWorld.taken}. */
export function unitName(parentId: string, name: string): string {
  return `unit ${parentId} ${name}`;
}

/** What a policy's name takes among {@link SimulatedWorld.taken}. */
export function policyName(type: string, name: string): string {
  return `policy ${type} ${name}`;
}

/** Ids from a target up to the root; ends early where the tree is broken. */
export function chainIn(world: SimulatedWorld, targetId: string): string[] {
  const chain: string[] = [];
  let id: string | undefined = targetId;
  while (id !== undefined && chain.length < 10) {
    chain.push(id);
    id = world.accounts.get(id)?.parentId ?? world.units.get(id)?.parentId;
  }
  return chain;
}

/** Whether a policy type is enabled. */
export function isTypeEnabled(world: SimulatedWorld, type: string): boolean {
  return world.root.policyTypes.some((state) => state.type === type && state.status === "ENABLED");
}

/** Ids of the policies of a type at a target. */
export function attachedOfType(world: SimulatedWorld, targetId: string, type: string): string[] {
  return [...(world.attached.get(targetId) ?? [])].filter(
    (id) => world.policies.get(id)?.type === type,
  );
}
