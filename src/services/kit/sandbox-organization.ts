import type { AccountId } from "../../core/identifiers.ts";
import type { World } from "../../sandbox/world.ts";
import { chainOf } from "../organizations/sandbox/names.ts";
import { settle } from "../organizations/sandbox/settle.ts";
import {
  type OrganizationRecord,
  type OrganizationsState,
  organizationsSlot,
} from "../organizations/sandbox/state.ts";

/** The organization that an account is in; `undefined` when it is in none. */
export function organizationWith(world: World, account: AccountId): OrganizationRecord | undefined {
  const state = settle(world);
  return state.organizations.get(state.membership.get(account) ?? "");
}

/** Whether an account is the management account of its organization. */
export function isManagement(world: World, account: AccountId): boolean {
  return organizationWith(world, account)?.managementAccountId === account;
}

/** Accounts that are delegated administrators of a service, in the order of their registration. */
export function administratorsOf(
  organization: OrganizationRecord,
  servicePrincipal: string,
): readonly AccountId[] {
  return [...organization.delegatedAdministrators]
    .filter(([, services]) => services.has(servicePrincipal))
    .map(([account]) => account);
}

/** Whether a service has trusted access. */
export function isTrusted(organization: OrganizationRecord, servicePrincipal: string): boolean {
  return organization.trustedServices.has(servicePrincipal);
}

/** Gives a service trusted access, as the service's own operations do. */
export function trust(
  world: World,
  organization: OrganizationRecord,
  servicePrincipal: string,
): void {
  if (!isTrusted(organization, servicePrincipal)) {
    organization.trustedServices.set(servicePrincipal, world.clock.now());
  }
}

/** Takes trusted access from a service. */
export function distrust(organization: OrganizationRecord, servicePrincipal: string): void {
  organization.trustedServices.delete(servicePrincipal);
}

/**
 * Registers a delegated administrator with AWS Organizations, as the services' own operations do
 * (`guardduty:EnableOrganizationAdminAccount` and its like): trusted access comes with it. The
 * caller checks the account; registering twice changes nothing.
 */
export function registerAdministrator(
  world: World,
  organization: OrganizationRecord,
  servicePrincipal: string,
  account: AccountId,
): void {
  trust(world, organization, servicePrincipal);
  const services = organization.delegatedAdministrators.get(account) ?? new Map<string, number>();
  if (!services.has(servicePrincipal)) services.set(servicePrincipal, world.clock.now());
  organization.delegatedAdministrators.set(account, services);
}

/** Takes back what {@link registerAdministrator} did, but for trusted access. */
export function deregisterAdministrator(
  organization: OrganizationRecord,
  servicePrincipal: string,
  account: AccountId,
): void {
  const services = organization.delegatedAdministrators.get(account);
  services?.delete(servicePrincipal);
  if (services?.size === 0) organization.delegatedAdministrators.delete(account);
}

/** Why an account cannot be a service's administrator, by the rules that all services share. */
export function administratorProblem(
  organization: OrganizationRecord,
  account: AccountId,
): "management" | "outside" | "inactive" | undefined {
  if (account === organization.managementAccountId) return "management";
  const member = organization.accounts.get(account);
  if (member === undefined) return "outside";
  return member.state === "ACTIVE" ? undefined : "inactive";
}

/** The organization's active accounts, in the order in which they joined. */
export function activeAccounts(organization: OrganizationRecord): readonly AccountId[] {
  return organization.accountOrder.filter(
    (id) => organization.accounts.get(id)?.state === "ACTIVE",
  );
}

/** Ids from the root down to an account (or organizational unit), both included. */
export function pathTo(organization: OrganizationRecord, id: string): readonly string[] {
  return chainOf(organization, id);
}

/**
 * Grows whenever an account joins, leaves, moves or is closed. A service that follows the
 * membership (auto-enable) compares it with the version it saw last in its `settle`, so that
 * requests between such changes cost nothing.
 */
export function membershipVersion(world: World): number {
  return settle(world).membershipVersion;
}

/** All organizations of the world. */
export function allOrganizations(world: World): readonly OrganizationRecord[] {
  return [...(world.state(organizationsSlot) as OrganizationsState).organizations.values()];
}
