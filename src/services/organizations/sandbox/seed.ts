import type {
  AccountCreationState,
  HandshakeState,
  OrganizationState,
  PolicyState,
  Snapshot,
} from "../../../core/snapshot.ts";
import { createAccountIdentity, findAccount, openAccount } from "../../../sandbox/accounts.ts";
import type { World } from "../../../sandbox/world.ts";
import { isOpen } from "./handshake-records.ts";
import {
  addMember,
  addOrganization,
  addPolicy,
  addUnit,
  attach,
  awsManagedPolicies,
} from "./model.ts";
import { isTarget } from "./names.ts";
import { schedule, settle } from "./settle.ts";
import type { HandshakeRecord, OrganizationRecord, OrganizationsState, TagMap } from "./state.ts";

/** What could not be read into a snapshot, and the operations that then cannot be made here. */
const readsOf: readonly (readonly [keyof OrganizationState, readonly string[]])[] = [
  ["policies", ["ListPolicies", "ListPoliciesForTarget", "ListTargetsForPolicy"]],
  ["trustedAccess", ["ListAWSServiceAccessForOrganization"]],
  ["delegatedAdministrators", ["ListDelegatedAdministrators"]],
  ["resourcePolicy", ["DescribeResourcePolicy"]],
  ["handshakes", ["ListHandshakesForOrganization"]],
  ["accountCreations", ["ListCreateAccountStatus"]],
];

/** The role that AWS makes in a created account; a snapshot does not say its name. */
const defaultRoleName = "OrganizationAccountAccessRole";

/**
 * Loads a snapshot's organization, ids kept, for a rehearsal. What the snapshot did not hold is
 * not made up: the operations that read it are denied, as they were when it was taken.
 */
export function seedOrganizations(world: World, snapshot: Snapshot): void {
  const state = settle(world);
  const from = snapshot.organization;
  const now = world.clock.now();
  for (const account of from.accounts) {
    if (findAccount(world, account.id) !== undefined) continue;
    const { id, name, email } = account;
    const record = openAccount(world, { id, name, email, createdAt: Date.parse(account.joinedAt) });
    record.suspended = account.state === "CLOSED" || account.state === "SUSPENDED";
    if (account.joinedMethod === "CREATED") {
      createAccountIdentity(world, id, defaultRoleName, from.managementAccountId);
    }
  }
  const organization = addOrganization(state, {
    id: from.id,
    rootId: from.root.id,
    managementAccountId: from.managementAccountId,
    featureSet: from.featureSet,
    joinedAt: now,
  });
  organization.root.name = from.root.name;
  fill(organization.root.tags, from.root.tags);
  seedUnits(organization, from);
  seedAccounts(state, organization, from);
  for (const { type, status } of from.root.policyTypes) {
    organization.root.policyTypes.set(type, status === "ENABLED" ? status : "PENDING_ENABLE");
  }
  for (const policy of from.policies ?? []) seedPolicy(organization, policy, now);
  seedDelegation(organization, from, now);
  for (const handshake of from.handshakes ?? []) seedHandshake(state, organization, handshake);
  for (const creation of from.accountCreations ?? []) seedCreation(organization, creation, now);
  noteUnreadTags(organization, from);
  for (const [member, operations] of readsOf) {
    if (from[member] !== undefined) continue;
    for (const operation of operations) organization.unread.add(operation);
  }
}

function seedUnits(organization: OrganizationRecord, from: OrganizationState): void {
  const waiting = new Map<string, typeof from.organizationalUnits>();
  for (const unit of from.organizationalUnits) {
    waiting.set(unit.parentId, [...(waiting.get(unit.parentId) ?? []), unit]);
  }
  const parents = [{ id: organization.root.id, depth: 0 }];
  for (let parent = parents.shift(); parent !== undefined; parent = parents.shift()) {
    for (const { id, name, parentId, tags } of waiting.get(parent.id) ?? []) {
      const depth = parent.depth + 1;
      addUnit(organization, { id, name, parentId, depth, tags: fill(new Map(), tags) });
      parents.push({ id, depth });
    }
  }
}

function seedAccounts(
  state: OrganizationsState,
  organization: OrganizationRecord,
  from: OrganizationState,
): void {
  // The snapshot says where and since when the management account is in, too.
  organization.accounts.clear();
  organization.accountOrder.length = 0;
  organization.children.get(organization.root.id)?.accounts.splice(0);
  for (const account of from.accounts) {
    addMember(state, organization, {
      id: account.id,
      parentId: account.parentId,
      state: account.state,
      joinedMethod: account.joinedMethod,
      joinedAt: Date.parse(account.joinedAt),
      standalone: account.joinedMethod === "INVITED",
      tags: fill(new Map(), account.tags),
    });
  }
}

function seedPolicy(organization: OrganizationRecord, from: PolicyState, now: number): void {
  const { id, name, description, type, awsManaged, content } = from;
  const isPresent = organization.policies.has(id);
  if (!isPresent) {
    addPolicy(organization, {
      id,
      name,
      description,
      type,
      content: content ?? (awsManaged ? awsManagedPolicies[type]?.content : undefined),
      awsManaged,
      targets: [],
      tags: fill(new Map(), from.tags),
      updatedAt: now,
    });
  }
  const policy = organization.policies.get(id);
  if (policy === undefined) return;
  if (from.targets === undefined) organization.unread.add(`ListTargetsForPolicy ${id}`);
  for (const target of from.targets ?? []) {
    if (isTarget(organization, target)) attach(organization, policy, target);
  }
}

function seedDelegation(
  organization: OrganizationRecord,
  from: OrganizationState,
  now: number,
): void {
  for (const { servicePrincipal, enabledAt } of from.trustedAccess ?? []) {
    const at = enabledAt === undefined ? now : Date.parse(enabledAt);
    organization.trustedServices.set(servicePrincipal, at);
  }
  for (const { account, services } of from.delegatedAdministrators ?? []) {
    const since = new Map((services ?? []).map((service) => [service, now]));
    organization.delegatedAdministrators.set(account, since);
    if (services === undefined) {
      organization.unread.add(`ListDelegatedServicesForAccount ${account}`);
    }
  }
  if (from.resourcePolicy !== undefined && from.resourcePolicy !== null) {
    const { id, content, tags } = from.resourcePolicy;
    organization.resourcePolicy = { id, content, tags: fill(new Map(), tags) };
  }
}

function seedHandshake(
  state: OrganizationsState,
  organization: OrganizationRecord,
  from: HandshakeState,
): void {
  const parties = from.parties.map(({ id, type }) => ({
    id,
    type: type as HandshakeRecord["parties"][number]["type"],
  }));
  const requestedAt = Date.parse(from.requestedAt ?? "") || 0;
  const expiresAt = Date.parse(from.expiresAt ?? "") || Number.MAX_SAFE_INTEGER;
  const handshake: HandshakeRecord = {
    id: from.id,
    action: from.action as HandshakeRecord["action"],
    state: from.state as HandshakeRecord["state"],
    organizationId: organization.id,
    recipient: parties.find(({ type }) => type === "ACCOUNT")?.id,
    parties,
    requestedAt,
    expiresAt,
    tags: new Map(),
  };
  state.handshakes.set(from.id, handshake);
  if (!isOpen(handshake)) handshake.endedAt = expiresAt;
  else {
    schedule(state, { at: expiresAt, kind: "handshake", id: from.id });
    if (from.action === "INVITE") organization.invitations.set(from.id, requestedAt);
  }
}

/** A creation that was in progress stays so: nothing is known of its end. */
function seedCreation(
  organization: OrganizationRecord,
  from: AccountCreationState,
  now: number,
): void {
  const { id, accountName, accountId, failureReason } = from;
  const requestedAt = Date.parse(from.requestedAt ?? "") || now;
  organization.creations.set(id, {
    id,
    accountName,
    email: "",
    roleName: defaultRoleName,
    tags: new Map(),
    govCloud: false,
    requestedAt,
    newAccountId: accountId ?? "",
    state: from.state,
    ...(from.state === "IN_PROGRESS" ? {} : { completedAt: requestedAt }),
    ...(accountId === undefined ? {} : { accountId }),
    ...(failureReason === undefined ? {} : { failureReason }),
  });
}

function noteUnreadTags(organization: OrganizationRecord, from: OrganizationState): void {
  const things = [from.root, ...from.organizationalUnits, ...from.accounts];
  for (const { id, tags } of [...things, ...(from.policies ?? []).filter((it) => !it.awsManaged)]) {
    if (tags === undefined) organization.unread.add(`ListTagsForResource ${id}`);
  }
}

function fill(map: TagMap, tags: Readonly<Record<string, string>> | undefined): TagMap {
  for (const [key, value] of Object.entries(tags ?? {})) map.set(key, value);
  return map;
}
