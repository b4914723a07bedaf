import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import { accountsSlot, createAccountIdentity, openAccount } from "../../../sandbox/accounts.ts";
import type { World } from "../../../sandbox/world.ts";
import { addMember, disablePolicyType, enablePolicyType, removeMember } from "./model.ts";
import {
  type CreationRecord,
  type DueEvent,
  type OrganizationRecord,
  type OrganizationsState,
  organizationsSlot,
} from "./state.ts";
import { isUsableEmail } from "./validate.ts";

/** A day in milliseconds. */
export const dayMs: number = 24 * 60 * 60 * 1000;

/** Notes that something comes about at a time. */
export function schedule(state: OrganizationsState, event: DueEvent): void {
  let low = 0;
  let high = state.due.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((state.due[middle]?.at ?? 0) <= event.at) low = middle + 1;
    else high = middle;
  }
  state.due.splice(low, 0, event);
}

/**
 * Brings the world's Organizations up to its clock: accounts get made and closed, handshakes
 * expire. Every operation does so first; whoever reads the state otherwise must, too.
 */
export function settle(world: World): OrganizationsState {
  const state = world.state(organizationsSlot);
  const now = world.clock.now();
  while (state.due[0] !== undefined && state.due[0].at <= now) {
    const event = state.due.shift();
    if (event !== undefined) happen(world, state, event);
  }
  return state;
}

/** The id of the account with an e-mail address, compared without regard to case. */
export function accountByEmail(world: World, email: string): string | undefined {
  const wanted = email.toLowerCase();
  for (const account of world.state(accountsSlot).byId.values()) {
    if (account.email.length === wanted.length && account.email.toLowerCase() === wanted) {
      return account.id;
    }
  }
  return undefined;
}

function happen(world: World, state: OrganizationsState, event: DueEvent): void {
  if (event.kind === "handshake") {
    expireHandshake(state, event.id, event.at);
    return;
  }
  const organization = state.organizations.get(event.organizationId);
  if (organization === undefined) return;
  switch (event.kind) {
    case "creation": {
      const creation = organization.creations.get(event.id);
      if (creation !== undefined) complete(world, state, organization, creation, event.at);
      return;
    }
    case "closure": {
      const member = organization.accounts.get(event.id);
      if (member?.state !== "PENDING_CLOSURE") return;
      member.state = "CLOSED";
      state.membershipVersion += 1;
      const account = world.state(accountsSlot).byId.get(event.id);
      if (account !== undefined) account.suspended = true;
      const at = event.at + organizationsQuotas.accountClosures.postClosureDays * dayMs;
      schedule(state, { ...event, kind: "departure", at });
      return;
    }
    case "departure": {
      const member = organization.accounts.get(event.id);
      if (member?.state === "CLOSED") removeMember(state, organization, member);
      return;
    }
    case "policyType": {
      const status = organization.root.policyTypes.get(event.id);
      if (status === "PENDING_ENABLE") enablePolicyType(organization, event.id);
      else if (status === "PENDING_DISABLE") disablePolicyType(organization, event.id);
      return;
    }
    default: {
      const never: never = event;
      throw new Error(`unknown event ${JSON.stringify(never)}`);
    }
  }
}

function complete(
  world: World,
  state: OrganizationsState,
  organization: OrganizationRecord,
  creation: CreationRecord,
  at: number,
): void {
  creation.completedAt = at;
  const reason = failureReason(world, state, organization, creation);
  if (reason !== undefined) {
    creation.state = "FAILED";
    creation.failureReason = reason;
    return;
  }
  const account = openAccount(world, {
    id: creation.newAccountId,
    name: creation.accountName,
    email: creation.email,
    createdAt: at,
  });
  addMember(state, organization, {
    id: account.id,
    parentId: organization.root.id,
    state: "ACTIVE",
    joinedMethod: "CREATED",
    joinedAt: at,
    standalone: false,
    tags: new Map(creation.tags),
  });
  const { managementAccountId } = organization;
  createAccountIdentity(world, account.id, creation.roleName, managementAccountId);
  creation.state = "SUCCEEDED";
  creation.accountId = account.id;
}

function failureReason(
  world: World,
  state: OrganizationsState,
  organization: OrganizationRecord,
  creation: CreationRecord,
): string | undefined {
  const { failingCreations, maximumAccounts } = state.options;
  const asked = creation.failureReason ?? failingCreations[creation.email.toLowerCase()];
  if (asked !== undefined) return asked;
  if (!isUsableEmail(creation.email)) return "INVALID_EMAIL";
  if (accountByEmail(world, creation.email) !== undefined) return "EMAIL_ALREADY_EXISTS";
  return organization.accounts.size >= maximumAccounts ? "ACCOUNT_LIMIT_EXCEEDED" : undefined;
}

function expireHandshake(state: OrganizationsState, id: string, at: number): void {
  const handshake = state.handshakes.get(id);
  if (handshake === undefined) return;
  if (handshake.state !== "REQUESTED" && handshake.state !== "OPEN") return;
  handshake.state = "EXPIRED";
  handshake.endedAt = at;
  const transfer = state.transfers.get(handshake.transferId ?? "");
  if (transfer !== undefined) transfer.status = "EXPIRED";
}
