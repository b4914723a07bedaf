import { digest } from "../../../core/digest.ts";
import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { findAccount } from "../../../sandbox/accounts.ts";
import type { World } from "../../../sandbox/world.ts";
import { isRegionUsable } from "../../kit/sandbox-service-linked-role.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { messages } from "./errors.ts";
import type { FeatureFlags } from "./features.ts";
import { policyFeatures } from "./policy-managed.ts";
import { type MemberRecord, makeDetector, type RegionState, regionState } from "./state.ts";

/** Who a delegated administrator is, and where. */
export interface Administration {
  readonly world: World;
  readonly organization: OrganizationRecord;
  readonly account: AccountId;
  readonly region: RegionName;
}

/**
 * Makes an account of the organization a member of its delegated administrator: GuardDuty is
 * enabled there, and the organization's configuration is applied. Gives the reason when it cannot.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/maintaining-guardduty-organization-delegated-admin.html
 */
export function enrol(
  admin: Administration,
  account: AccountId,
  email?: string,
): string | undefined {
  const { world, organization, region } = admin;
  const state = regionState(world, account, region);
  if (account === admin.account) return messages.invalidValue;
  if (state.administrator !== undefined && state.administrator.account !== admin.account) {
    return messages.otherAdministrator;
  }
  if (account === organization.managementAccountId && state.detector === undefined) {
    return messages.managementNeedsDetector;
  }
  if (!isRegionUsable(world, account, region)) return messages.notMember;
  const own = regionState(world, admin.account, region);
  const now = world.clock.now();
  const known = own.members?.get(account);
  const member: MemberRecord = known ?? {
    account,
    email: email ?? findAccount(world, account)?.email ?? "",
    relationship: "Enabled",
    how: "organization",
    updatedAt: now,
  };
  member.relationship = "Enabled";
  member.how = "organization";
  member.invitedAt ??= now;
  member.updatedAt = now;
  own.members ??= new Map();
  own.members.set(account, member);
  bind(state, admin.account, "organization", now);
  applyConfiguration(admin, own, account, known === undefined);
  return undefined;
}

/** Brings a member's detector in line with the organization's configuration. */
export function applyConfiguration(
  { world, organization, region }: Administration,
  own: RegionState,
  account: AccountId,
  isNew: boolean,
): void {
  const state = regionState(world, account, region);
  const hadDetector = state.detector !== undefined;
  const wanted: Record<string, boolean> = {};
  for (const [key, autoEnable] of Object.entries(own.organization?.features ?? {})) {
    if (autoEnable === "ALL" || (autoEnable === "NEW" && isNew)) wanted[key] = true;
    // A detector that AWS makes for a member begins with what the configuration says, no more.
    else if (!hadDetector) wanted[key] = false;
  }
  const detector = state.detector ?? makeDetector(world, account, region);
  detector.enabled = true;
  const managed = policyFeatures(organization, account, region);
  setFeatures(detector, { ...wanted, ...managed?.features }, world.clock.now());
}

/** Changes features of a detector; those not named stay. Equal settings share one value. */
export function setFeatures(
  detector: { features: FeatureFlags; updatedAt: number },
  changes: FeatureFlags,
  now: number,
): void {
  const { features } = detector;
  if (Object.entries(changes).every(([key, value]) => features[key] === value)) return;
  detector.features = { ...features, ...changes };
  detector.updatedAt = now;
}

/** Notes an account's administrator with the account. */
export function bind(
  state: RegionState,
  administrator: AccountId,
  how: "organization" | "invitation",
  now: number,
): void {
  if (state.administrator?.account === administrator && state.administrator.how === how) return;
  state.administrator = {
    account: administrator,
    how,
    invitationId: digest([administrator, how, now]).slice(0, 32),
    since: now,
  };
}

/** Ends a relation: the member keeps its detector and becomes its own master. */
export function release(
  world: World,
  administrator: AccountId,
  region: RegionName,
  member: MemberRecord,
  relationship: "Removed" | "Resigned",
): void {
  member.relationship = relationship;
  member.updatedAt = world.clock.now();
  const state = regionState(world, member.account, region);
  if (state.administrator?.account === administrator) delete state.administrator;
}
