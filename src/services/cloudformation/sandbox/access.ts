import type { AccountId } from "../../../core/identifiers.ts";
import type { HandlerContext } from "../../../sandbox/service.ts";
import type { World } from "../../../sandbox/world.ts";
import {
  administratorsOf,
  isManagement,
  isTrusted,
  organizationWith,
} from "../../kit/sandbox-organization.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { stackSetNotFound, validationError } from "./errors.ts";
import { type StackSetRecord, stackSetsSlot } from "./state.ts";

/** The principal that StackSets has trusted access by, and its administrators are registered for. */
export const stackSetsPrincipal = "member.org.stacksets.cloudformation.amazonaws.com";

/** Whether StackSets may work in an organization: activated, and trusted still. */
export function hasOrganizationsAccess(world: World, organization: OrganizationRecord): boolean {
  return (
    world.state(stackSetsSlot).activated.has(organization.id) &&
    isTrusted(organization, stackSetsPrincipal)
  );
}

/** The account whose stack sets a request is about. */
export function stackSetOwner(context: HandlerContext, callAs: string | undefined): AccountId {
  const { world, caller } = context;
  if (callAs !== "DELEGATED_ADMIN") return caller.account;
  const organization = organizationWith(world, caller.account);
  if (
    organization === undefined ||
    !administratorsOf(organization, stackSetsPrincipal).includes(caller.account)
  ) {
    throw validationError("Account used is not a delegated administrator");
  }
  return organization.managementAccountId;
}

/** The organization in which a caller may work on service-managed stack sets. */
export function serviceManagedOrganization(
  context: HandlerContext,
  callAs: string | undefined,
): OrganizationRecord {
  const { world, caller } = context;
  const organization = organizationWith(world, caller.account);
  if (
    organization === undefined ||
    (callAs !== "DELEGATED_ADMIN" && !isManagement(world, caller.account))
  ) {
    throw validationError(
      "You must be the management account or delegated admin account of an organization before operating a SERVICE_MANAGED stack set",
    );
  }
  if (!hasOrganizationsAccess(world, organization)) {
    throw validationError(
      "You must enable organizations access to operate a service managed stack set",
    );
  }
  return organization;
}

/**
 * A stack set by name, `name:id` or ARN, as a caller sees it: its own, or the organization's.
 * Throws `StackSetNotFoundException`.
 */
export function findStackSet(
  context: HandlerContext,
  name: string | undefined,
  callAs: string | undefined,
): StackSetRecord {
  const owner = stackSetOwner(context, callAs);
  for (const stackSet of world(context)) {
    if (stackSet.owner !== owner || stackSet.region !== context.region) continue;
    if (callAs === "DELEGATED_ADMIN" && stackSet.permissionModel !== "SERVICE_MANAGED") continue;
    if (stackSet.name === name || stackSet.id === name || stackSet.arn === name) return stackSet;
  }
  throw stackSetNotFound(name);
}

function world(context: HandlerContext): Iterable<StackSetRecord> {
  return context.world.state(stackSetsSlot).stackSets.values();
}
