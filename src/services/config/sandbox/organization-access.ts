import type { AccountId } from "../../../core/identifiers.ts";
import type { HandlerContext } from "../../../sandbox/service.ts";
import type { World } from "../../../sandbox/world.ts";
import {
  activeAccounts,
  administratorsOf,
  isTrusted,
  organizationWith,
  trust,
} from "../../kit/sandbox-organization.ts";
import { ensureServiceLinkedRole } from "../../kit/sandbox-service-linked-role.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { configError } from "./errors.ts";

/** The principal of aggregators. */
export const configPrincipal = "config.amazonaws.com";
/** The principal of organization rules and conformance packs. */
export const setupPrincipal = "config-multiaccountsetup.amazonaws.com";

/**
 * The organization for which a caller may act: as its management account or as a delegated
 * administrator for a principal. Throws in Config's words.
 */
export function administeredOrganization(
  { world, caller }: HandlerContext,
  principal: string,
): OrganizationRecord {
  const organization = organizationWith(world, caller.account);
  if (organization === undefined) {
    throw configError(
      "NoAvailableOrganizationException",
      "The account is not a member of an organization.",
    );
  }
  if (organization.featureSet !== "ALL") {
    throw configError(
      "OrganizationAllFeaturesNotEnabledException",
      "All features must be enabled in the organization.",
    );
  }
  const isAdministrator =
    caller.account === organization.managementAccountId ||
    administratorsOf(organization, principal).includes(caller.account);
  if (isAdministrator) return organization;
  throw configError(
    "OrganizationAccessDeniedException",
    "This action can be only made by the organization's management account or a delegated administrator.",
  );
}

/**
 * Gives a principal trusted access and the caller the role that is linked to it, as the operations
 * that put organization rules and packs do. A delegated administrator cannot give trusted access.
 */
export function useOrganization(
  context: HandlerContext,
  organization: OrganizationRecord,
  principal: string,
): void {
  const { world, caller } = context;
  if (!isTrusted(organization, principal)) {
    if (caller.account !== organization.managementAccountId) {
      throw configError(
        "OrganizationAccessDeniedException",
        `Trusted access of ${principal} is not enabled in the organization.`,
      );
    }
    trust(world, organization, principal);
  }
  ensureServiceLinkedRole(world, caller.account, principal);
}

/** Whether what an account put for its organization still works. */
export function isInForce(world: World, owner: AccountId, principal: string): boolean {
  const organization = organizationWith(world, owner);
  if (organization === undefined || !isTrusted(organization, principal)) return false;
  return (
    owner === organization.managementAccountId ||
    administratorsOf(organization, principal).includes(owner)
  );
}

/** Accounts that what an account put for its organization reaches. */
export function reachedAccounts(
  world: World,
  owner: AccountId,
  excluded: readonly AccountId[],
): readonly AccountId[] {
  const organization = organizationWith(world, owner);
  if (organization === undefined) return [];
  const left = new Set(excluded);
  return activeAccounts(organization).filter((account) => !left.has(account));
}

/** Accounts that may have put something for the organization of an account. */
export function possibleOwners(
  world: World,
  account: AccountId,
  principal: string,
): readonly AccountId[] {
  const organization = organizationWith(world, account);
  if (organization === undefined) return [];
  return [organization.managementAccountId, ...administratorsOf(organization, principal)];
}
