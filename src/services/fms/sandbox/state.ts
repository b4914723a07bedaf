import type { AdminScope, Policy } from "@aws-sdk/client-fms";
import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { firewallManagerFacts } from "../../../data/firewall-manager.ts";
import type { HandlerContext } from "../../../sandbox/service.ts";
import type { Slot, World } from "../../../sandbox/world.ts";
import { type Designation, designationHolds } from "../../kit/sandbox-designation.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { invalidOperation } from "./errors.ts";

/** Firewall Manager's principal in AWS Organizations. */
export const firewallManagerPrincipal = "fms.amazonaws.com";

/** How long Firewall Manager takes to take an administrator aboard. */
export const onboardingMs: number = 30_000;

/** An administrator with what it may do. */
export interface AdministratorRecord {
  readonly designation: Designation;
  readonly since: number;
  scope: AdminScope;
}

/** An organization's administrators, by its management account. */
export interface OrganizationState {
  defaultAdmin?: AccountId;
  readonly administrators: Map<AccountId, AdministratorRecord>;
}

/** A policy with its version. */
export interface PolicyRecord {
  readonly id: string;
  readonly arn: string;
  policy: Policy;
  token: string;
  readonly tags: Map<string, string>;
}

/** What an administrator has in one Region. */
export interface AdministratorRegion {
  readonly policies: Map<string, PolicyRecord>;
  channel?: { readonly topic: string; readonly role: string };
}

const organizationSlot: Slot<OrganizationState> = {
  name: "fms-organization",
  scope: "account",
  init: () => ({ administrators: new Map() }),
};

const administratorSlot: Slot<AdministratorRegion> = {
  name: "fms",
  scope: "region",
  init: () => ({ policies: new Map() }),
};

/** What an administrator has in a Region. */
export function administratorRegion(
  world: World,
  account: AccountId,
  region: RegionName,
): AdministratorRegion {
  return world.state(administratorSlot, account, region);
}

/** An organization's administrators; those that AWS Organizations no longer knows are dropped. */
export function administratorsOf(
  world: World,
  organization: OrganizationRecord,
): OrganizationState {
  const state = world.state(organizationSlot, organization.managementAccountId);
  for (const [account, { designation }] of state.administrators) {
    if (designationHolds(organization, firewallManagerPrincipal, designation)) continue;
    state.administrators.delete(account);
    if (state.defaultAdmin === account) delete state.defaultAdmin;
  }
  return state;
}

/** The caller's organization. Throws when it is in none. */
export function callersOrganization({ world, caller }: HandlerContext): OrganizationRecord {
  const organization = organizationWith(world, caller.account);
  if (organization === undefined) {
    throw invalidOperation(`AWS account ${caller.account} is not a member of an organization.`);
  }
  return organization;
}

/** The organization that the caller manages, in the Region in which that is done. */
export function managedOrganization(context: HandlerContext): OrganizationRecord {
  requireAdminRegion(context);
  const organization = callersOrganization(context);
  if (organization.managementAccountId !== context.caller.account) {
    throw invalidOperation(
      `AWS account ${context.caller.account} is not the management account of the organization.`,
    );
  }
  return organization;
}

/** Throws in a Region in which administrators are not managed. */
export function requireAdminRegion({ region }: HandlerContext): void {
  if (region !== firewallManagerFacts.adminRegion) {
    throw invalidOperation(
      `This operation is not supported in the '${region}' region. Use '${firewallManagerFacts.adminRegion}'.`,
    );
  }
}

/** The caller as administrator, once it is aboard. */
export function callingAdministrator(context: HandlerContext): {
  readonly organization: OrganizationRecord;
  readonly record: AdministratorRecord;
} {
  const { world, caller } = context;
  const organization = callersOrganization(context);
  const record = administratorsOf(world, organization).administrators.get(caller.account);
  if (record === undefined) {
    throw invalidOperation(`No default admin could be found for account ${caller.account}`);
  }
  if (record.since + onboardingMs > world.clock.now()) {
    throw invalidOperation(
      `AWS account ${caller.account} is still being set up as a Firewall Manager administrator.`,
    );
  }
  return { organization, record };
}
