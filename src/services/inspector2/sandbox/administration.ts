import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { inspectorFacts } from "../../../data/inspector2-facts.ts";
import type { World } from "../../../sandbox/world.ts";
import { hasPolicyType } from "../../kit/sandbox-effective-policy.ts";
import {
  activeAccounts,
  administratorsOf,
  membershipVersion,
  organizationWith,
} from "../../kit/sandbox-organization.ts";
import { isRegionUsable } from "../../kit/sandbox-service-linked-role.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { policyScans, switchScans } from "./scans.ts";
import {
  administratorsSlot,
  inspectorPrincipal,
  type MemberRecord,
  type RegionState,
  regionState,
  type ScanName,
} from "./state.ts";

/** How long an association takes. */
export const associationMs = 3000;
/** How long Inspector takes to notice a new account. */
export const propagationMs: number = 5 * 60_000;

/** An organization's Inspector in a Region. */
export interface Administration {
  readonly organization: OrganizationRecord;
  readonly account: AccountId;
}

/** Notices that the membership of organizations changed. */
export function settleInspector(world: World): void {
  const state = world.state(administratorsSlot);
  if (state.byRegion.size === 0) return;
  const version = membershipVersion(world);
  if (version === state.membershipVersion) return;
  state.membershipVersion = version;
  state.changes += 1;
  state.changedAt = world.clock.now();
}

/** Who administers Inspector for an organization in a Region, its members brought up to date. */
export function administrationOf(
  world: World,
  organization: OrganizationRecord,
  region: RegionName,
): Administration | undefined {
  const { byRegion } = world.state(administratorsSlot);
  const account = byRegion.get(`${organization.id}/${region}`);
  if (account === undefined) return undefined;
  const administration = { organization, account };
  if (!administratorsOf(organization, inspectorPrincipal).includes(account)) {
    dismiss(world, administration, region);
    return undefined;
  }
  bringUpToDate(world, administration, region);
  return administration;
}

/** The administration that an account is part of in a Region. */
export function administrationFor(
  world: World,
  account: AccountId,
  region: RegionName,
): Administration | undefined {
  const organization = organizationWith(world, account);
  return organization === undefined ? undefined : administrationOf(world, organization, region);
}

/** Inspector of an account in a Region, after all that has come about of its own accord. */
export function settledState(world: World, account: AccountId, region: RegionName): RegionState {
  const organization = organizationWith(world, account);
  if (organization !== undefined) {
    administrationOf(world, organization, region);
    followPolicy(world, organization, account, region);
  }
  return regionState(world, account, region);
}

/** Takes an administrator's place from it: its members stand alone and keep on scanning. */
export function dismiss(world: World, admin: Administration, region: RegionName): void {
  world.state(administratorsSlot).byRegion.delete(`${admin.organization.id}/${region}`);
  const own = regionState(world, admin.account, region);
  for (const id of own.members?.keys() ?? []) delete regionState(world, id, region).administrator;
  delete own.members;
  delete own.organization;
  delete own.organizationPaths;
}

/** Begins to associate an account with its administrator, now or at an earlier time. */
export function associate(
  world: World,
  { account: administrator }: Administration,
  region: RegionName,
  account: AccountId,
  now: number = world.clock.now(),
): void {
  const own = regionState(world, administrator, region);
  own.members ??= new Map();
  own.members.set(account, {
    account,
    relationship: "CREATED",
    updatedAt: now,
    enabledAt: now + associationMs,
  });
  regionState(world, account, region).administrator = administrator;
}

/** The status of a member's relation now. */
export function relationshipOf(member: MemberRecord, now: number): MemberRecord["relationship"] {
  if (member.enabledAt !== undefined && member.enabledAt <= now) {
    member.relationship = "ENABLED";
    member.updatedAt = member.enabledAt;
    delete member.enabledAt;
  }
  return member.relationship;
}

/** New accounts become members with the scan types that the configuration names. */
function bringUpToDate(world: World, admin: Administration, region: RegionName): void {
  const { organization, account } = admin;
  const own = regionState(world, account, region);
  const configuration = own.organization;
  const { changes, changedAt } = world.state(administratorsSlot);
  if (configuration === undefined || configuration.seen >= changes) return;
  if (changedAt + propagationMs > world.clock.now()) return;
  configuration.seen = changes;
  for (const [id, member] of own.members ?? []) {
    if (organization.accounts.has(id)) continue;
    member.relationship = "REMOVED";
    delete regionState(world, id, region).administrator;
  }
  const wanted = inspectorFacts.scanTypes
    .map(({ name }) => name)
    .filter((name: ScanName) => configuration.autoEnable[name] === true);
  if (wanted.length === 0) return;
  for (const id of activeAccounts(organization)) {
    const joinedAt = organization.accounts.get(id)?.joinedAt ?? 0;
    const isNew = joinedAt > configuration.since && own.members?.has(id) !== true;
    if (!isNew || id === account || !isRegionUsable(world, id, region)) continue;
    associate(world, admin, region, id, changedAt);
    switchScans(world, id, region, wanted, true);
  }
}

/** A policy switches scan types, and links the account to the administrator where there is one. */
function followPolicy(
  world: World,
  organization: OrganizationRecord,
  account: AccountId,
  region: RegionName,
): void {
  if (!hasPolicyType(organization, "INSPECTOR_POLICY")) return;
  const managed = Object.entries(policyScans(organization, account, region));
  const names = (on: boolean): ScanName[] =>
    managed.filter(([, wanted]) => wanted === on).map(([name]) => name as ScanName);
  switchScans(world, account, region, names(true), true);
  switchScans(world, account, region, names(false), false);
  const administrator = world
    .state(administratorsSlot)
    .byRegion.get(`${organization.id}/${region}`);
  const state = regionState(world, account, region);
  const isUnlinked = administrator !== account && state.administrator === undefined;
  if (administrator !== undefined && isUnlinked && names(true).length > 0) {
    associate(world, { organization, account: administrator }, region, account);
  }
}
