import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import type { HandlerContext } from "../../../sandbox/service.ts";
import type { World } from "../../../sandbox/world.ts";
import { designationHolds, periodOf } from "../../kit/sandbox-designation.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { isRegionUsable } from "../../kit/sandbox-service-linked-role.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { accessDenied, notEnabled } from "./errors.ts";
import {
  accountRegion,
  administratorRegion,
  autoEnableMs,
  type MemberRecord,
  organizationRegion,
  type SessionRecord,
} from "./state.ts";

/** Macie's principal in AWS Organizations. */
export const maciePrincipal = "macie.amazonaws.com";

/** The organization's Macie administrator in a Region. */
export function administratorIn(
  world: World,
  organization: OrganizationRecord,
  region: RegionName,
): AccountId | undefined {
  const { admin } = organizationRegion(world, organization.managementAccountId, region);
  return designationHolds(organization, maciePrincipal, admin) ? admin?.account : undefined;
}

/** What makes an account a member of an administrator in a Region; `undefined`: it is none. */
export function memberRecord(
  world: World,
  organization: OrganizationRecord,
  administrator: AccountId,
  account: AccountId,
  region: RegionName,
): MemberRecord | undefined {
  if (account === administrator) return undefined;
  const { members, periods } = administratorRegion(world, administrator, region);
  const explicit = members.get(account);
  if (explicit !== undefined) return explicit.status === "Deleted" ? undefined : explicit;
  const member = organization.accounts.get(account);
  if (member === undefined || account === organization.managementAccountId) return undefined;
  const updatedAt = member.joinedAt + autoEnableMs;
  if (updatedAt > world.clock.now()) return undefined;
  if (periodOf(periods, member.joinedAt) === undefined) return undefined;
  return isRegionUsable(world, account, region)
    ? { status: "Enabled", updatedAt, tags: {} }
    : undefined;
}

/**
 * An account's Macie in a Region: its own, or by being a member; nothing is kept for members that
 * changed nothing themselves. One that left its administrator keeps its Macie, on its own.
 */
export function sessionOf(
  world: World,
  account: AccountId,
  region: RegionName,
): SessionRecord | undefined {
  const own = accountRegion(world, account, region).session;
  if (own !== undefined) return own;
  const organization = organizationWith(world, account);
  if (organization === undefined) return undefined;
  const { admin, formerAdmins } = organizationRegion(
    world,
    organization.managementAccountId,
    region,
  );
  for (const administrator of [admin?.account, ...formerAdmins]) {
    if (administrator === undefined) continue;
    const record = memberRecord(world, organization, administrator, account, region);
    if (record === undefined) continue;
    return {
      createdAt: record.updatedAt,
      updatedAt: record.updatedAt,
      status: record.status === "Paused" ? "PAUSED" : "ENABLED",
      frequency: "FIFTEEN_MINUTES",
    };
  }
  return undefined;
}

/** The caller's Macie. Throws when it is not enabled. */
export function callersSession({ world, caller, region }: HandlerContext): SessionRecord {
  const session = sessionOf(world, caller.account, region);
  if (session === undefined) throw notEnabled();
  return session;
}

/** The organization that the caller manages. Throws when the caller is not its management account. */
export function managedOrganization({ world, caller }: HandlerContext): OrganizationRecord {
  const organization = organizationWith(world, caller.account);
  if (organization?.managementAccountId !== caller.account) {
    throw accessDenied(
      "The request failed because you must be a user of the master account for your organization to perform this operation",
    );
  }
  return organization;
}

/** The organization whose Macie administrator in this Region the caller is. Throws when it is none. */
export function administeredOrganization(context: HandlerContext): OrganizationRecord {
  const { world, caller, region } = context;
  const organization = organizationWith(world, caller.account);
  if (
    organization === undefined ||
    administratorIn(world, organization, region) !== caller.account
  ) {
    throw accessDenied(
      "The request failed because you must be the delegated Macie administrator of the organization",
    );
  }
  return organization;
}
