import type { AccountId } from "../../core/identifiers.ts";
import type { World } from "../../sandbox/world.ts";
import type { OrganizationRecord } from "../organizations/sandbox/state.ts";
import { registerAdministrator } from "./sandbox-organization.ts";

/**
 * A designation of an administrator in one Region. AWS Organizations must still know the account
 * from the same time on: whoever deregisters it there takes the designation back in all Regions.
 */
export interface Designation {
  readonly account: AccountId;
  /** When AWS Organizations registered it; absent for the management account, which it never does. */
  readonly registeredAt?: number;
}

/** When AWS Organizations registered an account for a service; `undefined`: it did not. */
export function registeredAt(
  organization: OrganizationRecord,
  servicePrincipal: string,
  account: AccountId,
): number | undefined {
  return organization.delegatedAdministrators.get(account)?.get(servicePrincipal);
}

/** Whether a designation still holds. */
export function designationHolds(
  organization: OrganizationRecord,
  servicePrincipal: string,
  designation: Designation | undefined,
): boolean {
  if (designation === undefined) return false;
  if (designation.account === organization.managementAccountId) return true;
  const at = registeredAt(organization, servicePrincipal, designation.account);
  return at !== undefined && at === designation.registeredAt;
}

/** Registers an account with AWS Organizations, where it may be, and gives its designation. */
export function designateAdministrator(
  world: World,
  organization: OrganizationRecord,
  servicePrincipal: string,
  account: AccountId,
): Designation {
  if (account === organization.managementAccountId) return { account };
  registerAdministrator(world, organization, servicePrincipal, account);
  const at = registeredAt(organization, servicePrincipal, account);
  return { account, ...(at === undefined ? {} : { registeredAt: at }) };
}

/** A time during which a service enabled new accounts by itself; open while `to` is absent. */
export interface AutoEnablePeriod {
  readonly from: number;
  to?: number;
}

/** The time during which an account joined, if the service enabled new accounts then. */
export function periodOf<T extends AutoEnablePeriod>(
  periods: readonly T[],
  joinedAt: number,
): T | undefined {
  return periods.find(({ from, to }) => joinedAt > from && (to === undefined || joinedAt <= to));
}

/** Whether new accounts are enabled now. */
export function isAutoEnabling(periods: readonly AutoEnablePeriod[]): boolean {
  const last = periods.at(-1);
  return last !== undefined && last.to === undefined;
}

/** Ends the time that is open, if there is one. */
export function endAutoEnable(periods: readonly AutoEnablePeriod[], now: number): void {
  const last = periods.at(-1);
  if (last !== undefined && last.to === undefined) last.to = now;
}
