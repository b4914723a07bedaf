import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import type { World } from "../../../sandbox/world.ts";
import { hasPolicyType } from "../../kit/sandbox-effective-policy.ts";
import {
  activeAccounts,
  administratorsOf,
  allOrganizations,
  membershipVersion,
  organizationWith,
} from "../../kit/sandbox-organization.ts";
import { isRegionUsable } from "../../kit/sandbox-service-linked-role.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { policyFeatures } from "./policy-managed.ts";
import { type Administration, applyConfiguration, enrol, release } from "./relation.ts";
import {
  administratorsSlot,
  guardDutyPrincipal,
  type OrganizationConfiguration,
  type RegionState,
  regionState,
} from "./state.ts";

/** How long a change of the membership or of the configuration takes to reach the members. */
export const propagationMs: number = 5 * 60_000;

/** Notices that the membership of organizations or their GuardDuty policies changed. */
export function settleGuardDuty(world: World): void {
  const state = world.state(administratorsSlot);
  if (state.byRegion.size === 0) return;
  const version = membershipVersion(world);
  const policies = policyFingerprint(world);
  if (version === state.membershipVersion && policies === state.policies) return;
  state.membershipVersion = version;
  state.policies = policies;
  state.changes += 1;
  state.changedAt = world.clock.now();
}

/**
 * The delegated administrator of an organization in a Region, its members brought up to date.
 * One that AWS Organizations no longer knows as such is none.
 */
export function administrationOf(
  world: World,
  organization: OrganizationRecord,
  region: RegionName,
): Administration | undefined {
  const { byRegion } = world.state(administratorsSlot);
  const account = byRegion.get(`${organization.id}/${region}`);
  if (account === undefined) return undefined;
  const administration = { world, organization, account, region };
  const isKnown =
    account === organization.managementAccountId ||
    administratorsOf(organization, guardDutyPrincipal).includes(account);
  if (!isKnown) {
    dismiss(administration);
    return undefined;
  }
  bringUpToDate(administration);
  return administration;
}

/** The delegated administration that an account is part of in a Region. */
export function administrationFor(
  world: World,
  account: AccountId,
  region: RegionName,
): Administration | undefined {
  const organization = organizationWith(world, account);
  return organization === undefined ? undefined : administrationOf(world, organization, region);
}

/** GuardDuty of an account in a Region, after all that has come about of its own accord. */
export function settledState(world: World, account: AccountId, region: RegionName): RegionState {
  administrationFor(world, account, region);
  return regionState(world, account, region);
}

/** Ends a delegated administration: members keep their detectors and stand alone. */
export function dismiss({ world, organization, account, region }: Administration): void {
  world.state(administratorsSlot).byRegion.delete(`${organization.id}/${region}`);
  const own = regionState(world, account, region);
  for (const member of own.members?.values() ?? []) {
    if (member.how === "organization") {
      release(world, account, region, member, "Removed");
      own.members?.delete(member.account);
    }
  }
  delete own.organization;
}

/** Brings what is due to the members of a delegated administrator. */
function bringUpToDate(admin: Administration): void {
  const { world, organization, account, region } = admin;
  const own = regionState(world, account, region);
  const configuration = own.organization;
  if (configuration === undefined) return;
  const { changes, changedAt } = world.state(administratorsSlot);
  const now = world.clock.now();
  if (changes > configuration.seen) {
    releaseDeparted(admin, own);
    configuration.dueAt = Math.min(configuration.dueAt ?? Infinity, changedAt + propagationMs);
    configuration.seen = changes;
  }
  if (configuration.dueAt === undefined || configuration.dueAt > now) return;
  delete configuration.dueAt;
  if (hasPolicyType(organization, "GUARDDUTY_POLICY")) followPolicies(admin, own);
  else followConfiguration(admin, own, configuration);
}

function followConfiguration(
  admin: Administration,
  own: RegionState,
  { autoEnable, features, since }: OrganizationConfiguration,
): void {
  const { world, organization, account, region } = admin;
  const hasForAll = Object.values(features).includes("ALL");
  for (const id of activeAccounts(organization)) {
    if (id === account || !isRegionUsable(world, id, region)) continue;
    const member = own.members?.get(id);
    const isNew = member === undefined && (organization.accounts.get(id)?.joinedAt ?? 0) > since;
    const isWanted = autoEnable === "ALL" || (autoEnable === "NEW" && isNew);
    if (isWanted && member?.relationship !== "Enabled") enrol(admin, id);
    else if (hasForAll && member?.relationship === "Enabled") {
      applyConfiguration(admin, own, id, false);
    }
  }
}

/** AWS: once the policy type is enabled, the settings of auto-enable no longer apply. */
function followPolicies(admin: Administration, own: RegionState): void {
  const { world, organization, account, region } = admin;
  for (const id of activeAccounts(organization)) {
    if (!isRegionUsable(world, id, region)) continue;
    const managed = policyFeatures(organization, id, region);
    if (managed === undefined) continue;
    const isMember = own.members?.get(id)?.relationship === "Enabled";
    if (id !== account && managed.foundational === true && !isMember) enrol(admin, id);
    else if (isMember || id === account) applyConfiguration(admin, {}, id, false);
  }
}

/** Accounts that left the organization are members no more. */
function releaseDeparted(
  { world, organization, account, region }: Administration,
  own: RegionState,
): void {
  for (const member of own.members?.values() ?? []) {
    const isGone = member.how === "organization" && !organization.accounts.has(member.account);
    if (isGone) release(world, account, region, member, "Removed");
  }
}

/** Changes whenever a GuardDuty policy is made, changed, attached or detached. */
function policyFingerprint(world: World): string {
  return allOrganizations(world)
    .filter((organization) => hasPolicyType(organization, "GUARDDUTY_POLICY"))
    .map((organization) => {
      const ids = organization.policiesByType.get("GUARDDUTY_POLICY") ?? [];
      const policies = ids.map((id) => {
        const policy = organization.policies.get(id);
        return `${id} ${policy?.updatedAt} ${policy?.content?.length} ${policy?.targets.join(",")}`;
      });
      return `${organization.id} ${policies.join(";")}`;
    })
    .join("\n");
}
