import type {
  DeregisterOrganizationDelegatedAdminCommandInput,
  DeregisterOrganizationDelegatedAdminCommandOutput,
  RegisterOrganizationDelegatedAdminCommandInput,
  RegisterOrganizationDelegatedAdminCommandOutput,
} from "@aws-sdk/client-cloudtrail";
import { cloudtrailFacts } from "../../../data/cloudtrail-facts.ts";
import { type AnyHandler, type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import {
  administratorProblem,
  administratorsOf,
  deregisterAdministrator,
  isTrusted,
  organizationWith,
  registerAdministrator,
} from "../../kit/sandbox-organization.ts";
import { ensureServiceLinkedRole } from "../../kit/sandbox-service-linked-role.ts";
import type { OrganizationRecord } from "../../kit/sandbox-storage.ts";
import type { Served } from "./served.ts";

const principal = cloudtrailFacts.servicePrincipal;

const register: Served<
  RegisterOrganizationDelegatedAdminCommandInput,
  RegisterOrganizationDelegatedAdminCommandOutput
> = (context, input) => {
  const { world } = context;
  const organization = managedOrganization(context);
  const account = input.MemberAccountId ?? "";
  if (!isTrusted(organization, principal)) {
    throw new ServiceError(
      "CloudTrailAccessNotEnabledException",
      "Trusted access has not been enabled between AWS CloudTrail and AWS Organizations.",
    );
  }
  const problem = administratorProblem(organization, account);
  if (problem === "management") {
    throw new ServiceError(
      "CannotDelegateManagementAccountException",
      "The management account of an organization cannot be registered as the CloudTrail delegated administrator.",
    );
  }
  if (problem !== undefined) throw accountNotFound(account);
  const registered = administratorsOf(organization, principal);
  if (registered.includes(account)) {
    throw new ServiceError(
      "AccountRegisteredException",
      `The account ${account} is already registered as the CloudTrail delegated administrator.`,
    );
  }
  if (registered.length >= cloudtrailFacts.delegatedAdministrators) {
    throw new ServiceError(
      "DelegatedAdminAccountLimitExceededException",
      "The maximum number of CloudTrail delegated administrators is reached.",
    );
  }
  registerAdministrator(world, organization, principal, account);
  ensureServiceLinkedRole(world, organization.managementAccountId, principal);
  return {};
};

const deregister: Served<
  DeregisterOrganizationDelegatedAdminCommandInput,
  DeregisterOrganizationDelegatedAdminCommandOutput
> = (context, input) => {
  const organization = managedOrganization(context);
  const account = input.DelegatedAdminAccountId ?? "";
  if (!organization.accounts.has(account)) throw accountNotFound(account);
  if (!administratorsOf(organization, principal).includes(account)) {
    throw new ServiceError(
      "AccountNotRegisteredException",
      `The account ${account} is not registered as the CloudTrail delegated administrator.`,
    );
  }
  deregisterAdministrator(organization, principal, account);
  return {};
};

/** The organization that the caller's account manages. */
function managedOrganization({ world, caller }: HandlerContext): OrganizationRecord {
  const organization = organizationWith(world, caller.account);
  if (organization === undefined) {
    throw new ServiceError(
      "OrganizationsNotInUseException",
      "Your account is not a member of an organization.",
    );
  }
  if (organization.managementAccountId !== caller.account) {
    throw new ServiceError(
      "NotOrganizationManagementAccountException",
      "The account making the request is not the organization's management account.",
    );
  }
  if (organization.featureSet !== "ALL") {
    throw new ServiceError(
      "OrganizationNotInAllFeaturesModeException",
      "AWS Organizations must have all features enabled.",
    );
  }
  return organization;
}

function accountNotFound(account: string): ServiceError {
  return new ServiceError(
    "AccountNotFoundException",
    `The account ${account} was not found or is not part of the organization.`,
  );
}

/** Operations on delegated administrators. */
export const administratorHandlers: Readonly<Record<string, AnyHandler>> = {
  RegisterOrganizationDelegatedAdmin: register,
  DeregisterOrganizationDelegatedAdmin: deregister,
};
