import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { detectiveFacts } from "../../../data/detective-facts.ts";
import { findAccount } from "../../../sandbox/accounts.ts";
import type { World } from "../../../sandbox/world.ts";
import {
  activeAccounts,
  administratorsOf,
  membershipVersion,
  organizationWith,
} from "../../kit/sandbox-organization.ts";
import { isRegionUsable } from "../../kit/sandbox-service-linked-role.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import {
  administratorsSlot,
  detectivePrincipal,
  type GraphRecord,
  type RegionState,
  regionState,
} from "./state.ts";

/** How long Detective takes to notice a new account and to verify one. */
export const verificationMs: number = 2 * 60_000;

/** An organization's Detective in a Region. */
export interface Administration {
  readonly organization: OrganizationRecord;
  readonly account: AccountId;
  readonly since: number;
}

/** Notices that the membership of organizations changed. */
export function settleDetective(world: World): void {
  const state = world.state(administratorsSlot);
  if (state.byRegion.size === 0) return;
  const version = membershipVersion(world);
  if (version === state.membershipVersion) return;
  state.membershipVersion = version;
  state.changes += 1;
  state.changedAt = world.clock.now();
}

/** Who administers Detective for an organization in a Region, its members brought up to date. */
export function administrationOf(
  world: World,
  organization: OrganizationRecord,
  region: RegionName,
): Administration | undefined {
  const key = `${organization.id}/${region}`;
  const found = world.state(administratorsSlot).byRegion.get(key);
  if (found === undefined) return undefined;
  const administration = { organization, ...found };
  const isKnown =
    found.account === organization.managementAccountId ||
    administratorsOf(organization, detectivePrincipal).includes(found.account);
  if (!isKnown) {
    dismiss(world, administration, region);
    return undefined;
  }
  bringUpToDate(world, administration, region);
  return administration;
}

/** Detective of an account in a Region, after all that has come about of its own accord. */
export function settledState(world: World, account: AccountId, region: RegionName): RegionState {
  const organization = organizationWith(world, account);
  if (organization !== undefined) administrationOf(world, organization, region);
  const state = regionState(world, account, region);
  for (const member of state.graph?.members.values() ?? []) finishVerification(world, member);
  return state;
}

/**
 * Takes an administrator's place from it: AWS deletes the organization's behavior graph and with it
 * the memberships.
 *
 * @see https://docs.aws.amazon.com/detective/latest/APIReference/API_DisableOrganizationAdminAccount.html
 */
export function dismiss(world: World, admin: Administration, region: RegionName): void {
  world.state(administratorsSlot).byRegion.delete(`${admin.organization.id}/${region}`);
  deleteGraph(world, admin.account, region);
}

/** Deletes a behavior graph and the memberships of it. */
export function deleteGraph(world: World, account: AccountId, region: RegionName): void {
  const state = regionState(world, account, region);
  for (const id of state.graph?.members.keys() ?? []) {
    regionState(world, id, region).memberships?.delete(account);
  }
  delete state.graph;
  delete state.organization;
}

/** Makes an account of the organization a member; gives the reason when it cannot be one. */
export function enrol(
  world: World,
  { organization, account: administrator }: Administration,
  graph: GraphRecord,
  region: RegionName,
  account: AccountId,
): string | undefined {
  const known = graph.members.get(account);
  if (known !== undefined) return "The account is already a member of the behavior graph.";
  if (graph.members.size >= detectiveFacts.maxMembers) {
    return "The behavior graph has the maximum number of member accounts.";
  }
  if (organization.accounts.get(account)?.state !== "ACTIVE") {
    return "The account is not an active account of the organization.";
  }
  if (!isRegionUsable(world, account, region)) return "The account has not enabled the Region.";
  const now = world.clock.now();
  graph.members.set(account, {
    account,
    email: findAccount(world, account)?.email ?? "",
    how: "ORGANIZATION",
    status: "VERIFICATION_IN_PROGRESS",
    invitedAt: now,
    updatedAt: now,
    enabledAt: now + verificationMs,
  });
  const state = regionState(world, account, region);
  state.memberships ??= new Set();
  state.memberships.add(administrator);
  return undefined;
}

function finishVerification(
  world: World,
  member: { status: string; updatedAt: number; enabledAt?: number },
): void {
  if (member.enabledAt === undefined || member.enabledAt > world.clock.now()) return;
  member.status = "ENABLED";
  member.updatedAt = member.enabledAt;
  delete member.enabledAt;
}

/** New accounts become members, those that left are members no more. */
function bringUpToDate(world: World, admin: Administration, region: RegionName): void {
  const { organization, account } = admin;
  const { graph, organization: configuration } = regionState(world, account, region);
  const { changes, changedAt } = world.state(administratorsSlot);
  if (graph === undefined || configuration === undefined) return;
  if (configuration.seen >= changes || changedAt + verificationMs > world.clock.now()) return;
  configuration.seen = changes;
  for (const member of graph.members.values()) {
    if (member.how === "ORGANIZATION" && !organization.accounts.has(member.account)) {
      graph.members.delete(member.account);
    }
  }
  if (!configuration.autoEnable) return;
  for (const id of activeAccounts(organization)) {
    const joinedAt = organization.accounts.get(id)?.joinedAt ?? 0;
    const isNew = joinedAt > configuration.since && id !== account;
    if (isNew && !graph.members.has(id)) enrol(world, admin, graph, region, id);
  }
}
