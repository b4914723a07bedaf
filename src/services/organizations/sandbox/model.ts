import type { World } from "../../../sandbox/world.ts";
import { isTarget } from "./names.ts";
import type {
  ChildrenRecord,
  MemberRecord,
  OrganizationRecord,
  OrganizationsState,
  PolicyRecord,
  UnitRecord,
} from "./state.ts";

/** The policies that AWS manages, by the type that attaches them everywhere when it is enabled. */
export const awsManagedPolicies: Readonly<
  Record<string, { id: string; name: string; description: string; content: string }>
> = {
  SERVICE_CONTROL_POLICY: {
    id: "p-FullAWSAccess",
    name: "FullAWSAccess",
    description: "Allows access to every operation",
    content: JSON.stringify(
      { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
      null,
      2,
    ),
  },
  RESOURCE_CONTROL_POLICY: {
    id: "p-RCPFullAWSAccess",
    name: "RCPFullAWSAccess",
    description: "Allows access to every resource",
    content: JSON.stringify(
      {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
      },
      null,
      2,
    ),
  },
};

/** What a new organization is made of. */
export interface NewOrganization {
  readonly id: string;
  readonly rootId: string;
  readonly managementAccountId: string;
  readonly featureSet: "ALL" | "CONSOLIDATED_BILLING";
  readonly joinedAt: number;
}

/** Makes an organization with its root, its management account and AWS's own policies. */
export function addOrganization(
  state: OrganizationsState,
  made: NewOrganization,
): OrganizationRecord {
  const organization: OrganizationRecord = {
    id: made.id,
    featureSet: made.featureSet,
    managementAccountId: made.managementAccountId,
    root: { id: made.rootId, name: "Root", policyTypes: new Map(), tags: new Map() },
    units: new Map(),
    accounts: new Map(),
    accountOrder: [],
    children: new Map(),
    policies: new Map(),
    policiesByType: new Map(),
    policyNames: new Map(),
    attachments: new Map(),
    trustedServices: new Map(),
    delegatedAdministrators: new Map(),
    resourcePolicy: undefined,
    creations: new Map(),
    closures: [],
    invitations: new Map(),
    unread: new Set(),
    writing: false,
  };
  state.organizations.set(made.id, organization);
  for (const [type, policy] of Object.entries(awsManagedPolicies)) {
    addPolicy(organization, {
      ...policy,
      type,
      awsManaged: true,
      targets: [],
      tags: new Map(),
      updatedAt: made.joinedAt,
    });
  }
  addMember(state, organization, {
    id: made.managementAccountId,
    parentId: made.rootId,
    state: "ACTIVE",
    joinedMethod: "INVITED",
    joinedAt: made.joinedAt,
    standalone: true,
    tags: new Map(),
  });
  return organization;
}

/** What stands below a parent. */
export function childrenOf(organization: OrganizationRecord, parentId: string): ChildrenRecord {
  let children = organization.children.get(parentId);
  if (children === undefined) {
    children = { units: [], accounts: [], unitNames: new Map() };
    organization.children.set(parentId, children);
  }
  return children;
}

/** Adds an organizational unit, with the policies that AWS attaches to every new one. */
export function addUnit(organization: OrganizationRecord, unit: UnitRecord): void {
  const siblings = childrenOf(organization, unit.parentId);
  organization.units.set(unit.id, unit);
  siblings.units.push(unit.id);
  siblings.unitNames.set(unit.name, unit.id);
  attachAwsManaged(organization, unit.id);
}

/** Removes an empty organizational unit, its attachments and its name. */
export function removeUnit(organization: OrganizationRecord, unit: UnitRecord): void {
  const siblings = childrenOf(organization, unit.parentId);
  detachAll(organization, unit.id);
  remove(siblings.units, unit.id);
  siblings.unitNames.delete(unit.name);
  organization.children.delete(unit.id);
  organization.units.delete(unit.id);
}

/** Adds an account to an organization, with the policies that AWS attaches to every new one. */
export function addMember(
  state: OrganizationsState,
  organization: OrganizationRecord,
  member: MemberRecord,
): void {
  organization.accounts.set(member.id, member);
  organization.accountOrder.push(member.id);
  childrenOf(organization, member.parentId).accounts.push(member.id);
  state.membership.set(member.id, organization.id);
  state.membershipVersion += 1;
  attachAwsManaged(organization, member.id);
}

/** Takes an account out of its organization: its attachments, tags and delegations end. */
export function removeMember(
  state: OrganizationsState,
  organization: OrganizationRecord,
  member: MemberRecord,
): void {
  detachAll(organization, member.id);
  remove(childrenOf(organization, member.parentId).accounts, member.id);
  remove(organization.accountOrder, member.id);
  organization.accounts.delete(member.id);
  organization.delegatedAdministrators.delete(member.id);
  state.membership.delete(member.id);
  state.membershipVersion += 1;
}

/** Moves an account below another parent; what is attached to it stays. */
export function moveMember(
  state: OrganizationsState,
  organization: OrganizationRecord,
  member: MemberRecord,
  parentId: string,
): void {
  remove(childrenOf(organization, member.parentId).accounts, member.id);
  childrenOf(organization, parentId).accounts.push(member.id);
  member.parentId = parentId;
  state.membershipVersion += 1;
}

/** Adds a policy. */
export function addPolicy(organization: OrganizationRecord, policy: PolicyRecord): void {
  organization.policies.set(policy.id, policy);
  organization.policyNames.set(policyNameKey(policy.type, policy.name), policy.id);
  policiesOfType(organization, policy.type).push(policy.id);
}

/** Removes a policy that is attached nowhere. */
export function removePolicy(organization: OrganizationRecord, policy: PolicyRecord): void {
  remove(policiesOfType(organization, policy.type), policy.id);
  organization.policyNames.delete(policyNameKey(policy.type, policy.name));
  organization.policies.delete(policy.id);
}

/** Key of a policy's name, which is unique within its type. */
export function policyNameKey(type: string, name: string): string {
  return `${type}\n${name}`;
}

/** Ids of an organization's policies of one type, AWS's own first. */
export function policiesOfType(organization: OrganizationRecord, type: string): string[] {
  let ids = organization.policiesByType.get(type);
  if (ids === undefined) {
    ids = [];
    organization.policiesByType.set(type, ids);
  }
  return ids;
}

/** Ids of the policies of one type attached directly to a target. */
export function attachedTo(
  organization: OrganizationRecord,
  targetId: string,
  type: string,
): readonly string[] {
  return organization.attachments.get(targetId)?.get(type) ?? [];
}

/** Attaches a policy to a target; the caller has checked that this may be. */
export function attach(
  organization: OrganizationRecord,
  policy: PolicyRecord,
  targetId: string,
): void {
  let byType = organization.attachments.get(targetId);
  if (byType === undefined) {
    byType = new Map();
    organization.attachments.set(targetId, byType);
  }
  const ids = byType.get(policy.type);
  if (ids === undefined) byType.set(policy.type, [policy.id]);
  else ids.push(policy.id);
  policy.targets.push(targetId);
}

/** Detaches a policy from a target; the caller has checked that this may be. */
export function detach(
  organization: OrganizationRecord,
  policy: PolicyRecord,
  targetId: string,
): void {
  const ids = organization.attachments.get(targetId)?.get(policy.type);
  if (ids !== undefined) remove(ids, policy.id);
  remove(policy.targets, targetId);
}

/** Enables a policy type in the root; AWS's own policy of the type is attached everywhere. */
export function enablePolicyType(organization: OrganizationRecord, type: string): void {
  organization.root.policyTypes.set(type, "ENABLED");
  const policy = awsManagedPolicy(organization, type);
  if (policy === undefined) return;
  for (const id of targets(organization)) {
    if (!attachedTo(organization, id, type).includes(policy.id)) attach(organization, policy, id);
  }
}

/** Disables a policy type in the root: all attachments of its policies end. */
export function disablePolicyType(organization: OrganizationRecord, type: string): void {
  organization.root.policyTypes.delete(type);
  for (const id of policiesOfType(organization, type)) {
    const policy = organization.policies.get(id);
    if (policy !== undefined) policy.targets.length = 0;
  }
  for (const byType of organization.attachments.values()) byType.delete(type);
}

/** An id that is not taken. */
export function freshId(
  world: World,
  prefix: string,
  length: number,
  taken: { has(id: string): boolean },
): string {
  let id = prefix + world.newId(length);
  while (taken.has(id)) id = prefix + world.newId(length);
  return id;
}

function attachAwsManaged(organization: OrganizationRecord, targetId: string): void {
  for (const [type, status] of organization.root.policyTypes) {
    const policy = status === "ENABLED" ? awsManagedPolicy(organization, type) : undefined;
    if (policy !== undefined) attach(organization, policy, targetId);
  }
}

function awsManagedPolicy(
  organization: OrganizationRecord,
  type: string,
): PolicyRecord | undefined {
  const id = awsManagedPolicies[type]?.id;
  return id === undefined ? undefined : organization.policies.get(id);
}

function detachAll(organization: OrganizationRecord, targetId: string): void {
  if (!isTarget(organization, targetId)) return;
  for (const ids of organization.attachments.get(targetId)?.values() ?? []) {
    for (const id of ids) {
      const policy = organization.policies.get(id);
      if (policy !== undefined) remove(policy.targets, targetId);
    }
  }
  organization.attachments.delete(targetId);
}

function* targets(organization: OrganizationRecord): Generator<string> {
  yield organization.root.id;
  yield* organization.units.keys();
  yield* organization.accounts.keys();
}

function remove(list: string[], item: string): void {
  const index = list.lastIndexOf(item);
  if (index >= 0) list.splice(index, 1);
}
