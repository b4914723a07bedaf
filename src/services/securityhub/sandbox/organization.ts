import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { regions } from "../../../data/regions.ts";
import type { HandlerContext } from "../../../sandbox/service.ts";
import type { World } from "../../../sandbox/world.ts";
import { designationHolds, registeredAt } from "../../kit/sandbox-designation.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { accessDenied, invalidAccess } from "./errors.ts";
import {
  type AggregatorRecord,
  accountWide,
  centralMs,
  type OrganizationRegion,
  organizationRegion,
} from "./state.ts";

/** The principal of both Security Hubs in AWS Organizations. */
export const securityHubPrincipal = "securityhub.amazonaws.com";

/** The organization's administrator of Security Hub CSPM in a Region. */
export function administratorIn(
  world: World,
  organization: OrganizationRecord,
  region: RegionName,
): AccountId | undefined {
  const { admin } = regionOf(world, organization, region);
  return designationHolds(organization, securityHubPrincipal, admin) ? admin?.account : undefined;
}

/** Central configuration sets the administrator of the home Region in all linked ones. */
export function spreadAdministrator(
  world: World,
  organization: OrganizationRecord,
  { home, ...linked }: AggregatorRecord,
): void {
  const { admin } = regionOf(world, organization, home);
  if (admin === undefined) return;
  for (const { name } of regions.list) {
    if (!covers({ home, ...linked }, name)) continue;
    const record = regionOf(world, organization, name);
    if (record.admin !== undefined && record.admin.account !== admin.account) {
      record.formerAdmins.add(record.admin.account);
    }
    record.admin = admin;
  }
}

/** The organization's administrator of Security Hub V2 in a Region. */
export function administratorOfV2In(
  world: World,
  organization: OrganizationRecord,
  region: RegionName,
): AccountId | undefined {
  const { v2Admin } = regionOf(world, organization, region);
  return v2Admin !== undefined && designationHolds(organization, securityHubPrincipal, v2Admin)
    ? v2Admin.account
    : undefined;
}

/** The central configuration of an administrator, once it is in force. */
export function centralConfiguration(
  world: World,
  organization: OrganizationRecord,
  administrator: AccountId,
): { readonly aggregator: AggregatorRecord } | undefined {
  const { central, aggregator } = accountWide(world, administrator);
  if (central === undefined || aggregator === undefined) return undefined;
  if (central.since + centralMs > world.clock.now()) return undefined;
  const stillThere =
    registeredAt(organization, securityHubPrincipal, administrator) === central.registeredAt;
  return stillThere ? { aggregator } : undefined;
}

/** Whether an aggregator's home or linked Regions include a Region. */
export function covers({ home, mode, regions }: AggregatorRecord, region: RegionName): boolean {
  if (region === home) return true;
  if (mode === "SPECIFIED_REGIONS") return regions.includes(region);
  if (mode === "ALL_REGIONS_EXCEPT_SPECIFIED") return !regions.includes(region);
  return mode === "ALL_REGIONS";
}

/** The organization's record of a Region. */
export function regionOf(
  world: World,
  organization: OrganizationRecord,
  region: RegionName,
): OrganizationRegion {
  return organizationRegion(world, organization.managementAccountId, region);
}

/** The organization that the caller manages. Throws when the caller is not its management account. */
export function managedOrganization({ world, caller }: HandlerContext): OrganizationRecord {
  const organization = organizationWith(world, caller.account);
  if (organization === undefined) {
    throw accessDenied(`Account ${caller.account} is not a member of an organization`);
  }
  if (organization.managementAccountId !== caller.account) {
    throw accessDenied(
      "You must be logged in as the organization management account to perform this operation",
    );
  }
  return organization;
}

/** The organization whose administrator in this Region the caller is. Throws when it is none. */
export function administeredOrganization({
  world,
  caller,
  region,
}: HandlerContext): OrganizationRecord {
  const organization = organizationWith(world, caller.account);
  if (
    organization === undefined ||
    administratorIn(world, organization, region) !== caller.account
  ) {
    throw invalidAccess(`Account ${caller.account} is not an administrator for this organization`);
  }
  return organization;
}
