import type {
  ActivateOrganizationsAccessCommandInput,
  ActivateOrganizationsAccessCommandOutput,
  DeactivateOrganizationsAccessCommandInput,
  DeactivateOrganizationsAccessCommandOutput,
  DescribeOrganizationsAccessCommandInput,
  DescribeOrganizationsAccessCommandOutput,
} from "@aws-sdk/client-cloudformation";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import {
  administratorsOf,
  distrust,
  isManagement,
  organizationWith,
  trust,
} from "../../kit/sandbox-organization.ts";
import { ensureServiceLinkedRole } from "../../kit/sandbox-service-linked-role.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { hasOrganizationsAccess, stackSetOwner, stackSetsPrincipal } from "./access.ts";
import { invalidOperation } from "./errors.ts";
import type { Served } from "./served.ts";
import { stackSetsSlot } from "./state.ts";

/** The principal of the role that StackSets has in the management account. */
const administratorRolePrincipal = "stacksets.cloudformation.amazonaws.com";

const activate: Served<
  ActivateOrganizationsAccessCommandInput,
  ActivateOrganizationsAccessCommandOutput
> = (context) => {
  const organization = managedOrganization(context);
  if (organization.featureSet !== "ALL") {
    throw invalidOperation("All features must be enabled in the organization");
  }
  trust(context.world, organization, stackSetsPrincipal);
  ensureServiceLinkedRole(context.world, context.caller.account, administratorRolePrincipal);
  context.world.state(stackSetsSlot).activated.add(organization.id);
  return {};
};

const deactivate: Served<
  DeactivateOrganizationsAccessCommandInput,
  DeactivateOrganizationsAccessCommandOutput
> = (context) => {
  const organization = managedOrganization(context);
  if (administratorsOf(organization, stackSetsPrincipal).length > 0) {
    throw invalidOperation(
      "You must deregister all delegated administrators before deactivating organizations access",
    );
  }
  distrust(organization, stackSetsPrincipal);
  context.world.state(stackSetsSlot).activated.delete(organization.id);
  return {};
};

const describe: Served<
  DescribeOrganizationsAccessCommandInput,
  DescribeOrganizationsAccessCommandOutput
> = (context, input) => {
  const owner = stackSetOwner(context, input.CallAs);
  const organization = organizationWith(context.world, owner);
  if (organization === undefined || !isManagement(context.world, owner)) {
    throw invalidOperation("Only the management account or a delegated administrator can do this");
  }
  return { Status: hasOrganizationsAccess(context.world, organization) ? "ENABLED" : "DISABLED" };
};

function managedOrganization({ world, caller }: HandlerContext): OrganizationRecord {
  const organization = organizationWith(world, caller.account);
  if (organization !== undefined && isManagement(world, caller.account)) return organization;
  throw invalidOperation("Only the organization's management account can do this");
}

/** Operations on the access of StackSets to an organization. */
export const organizationsAccessHandlers: Readonly<Record<string, AnyHandler>> = {
  ActivateOrganizationsAccess: activate,
  DeactivateOrganizationsAccess: deactivate,
  DescribeOrganizationsAccess: describe,
};
