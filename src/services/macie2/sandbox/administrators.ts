import type {
  DescribeOrganizationConfigurationCommandInput,
  DescribeOrganizationConfigurationCommandOutput,
  DisableOrganizationAdminAccountCommandInput,
  DisableOrganizationAdminAccountCommandOutput,
  EnableOrganizationAdminAccountCommandInput,
  EnableOrganizationAdminAccountCommandOutput,
  ListOrganizationAdminAccountsCommandInput,
  ListOrganizationAdminAccountsCommandOutput,
  UpdateOrganizationConfigurationCommandInput,
  UpdateOrganizationConfigurationCommandOutput,
} from "@aws-sdk/client-macie2";
import { macieFacts } from "../../../data/macie.ts";
import type { AnyHandler } from "../../../sandbox/service.ts";
import {
  designateAdministrator,
  designationHolds,
  endAutoEnable,
  isAutoEnabling,
} from "../../kit/sandbox-designation.ts";
import {
  administratorProblem,
  administratorsOf,
  deregisterAdministrator,
} from "../../kit/sandbox-organization.ts";
import { ensureServiceLinkedRole } from "../../kit/sandbox-service-linked-role.ts";
import { accessDenied, conflict, notFound, validation } from "./errors.ts";
import {
  administeredOrganization,
  administratorIn,
  callersSession,
  maciePrincipal,
  managedOrganization,
  sessionOf,
} from "./organization.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { accountRegion, administratorRegion, organizationRegion } from "./state.ts";

const enableOrganizationAdminAccount: Served<
  EnableOrganizationAdminAccountCommandInput,
  EnableOrganizationAdminAccountCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const organization = managedOrganization(context);
  const account = validAccount(input.adminAccountId);
  const problem = administratorProblem(organization, account);
  if (problem === "outside" || problem === "inactive") {
    throw validation("The request failed because the account is not a member of the organization");
  }
  if (problem === "management" && sessionOf(world, account, region) === undefined) {
    throw accessDenied("Macie is not enabled for the organization's management account");
  }
  const current = administratorIn(world, organization, region);
  const registered = administratorsOf(organization, maciePrincipal)[0];
  const other = current ?? (registered === account ? undefined : registered);
  if (other !== undefined) {
    throw conflict(
      `The request failed because an account is already designated as the delegated Macie administrator: ${other}`,
    );
  }
  const record = organizationRegion(world, caller.account, region);
  if (record.admin !== undefined) record.formerAdmins.add(record.admin.account);
  record.admin = designateAdministrator(world, organization, maciePrincipal, account);
  const state = accountRegion(world, account, region);
  const now = world.clock.now();
  state.session ??= sessionOf(world, account, region) ?? {
    createdAt: now,
    updatedAt: now,
    status: "ENABLED",
    frequency: "FIFTEEN_MINUTES",
  };
  ensureServiceLinkedRole(world, account, maciePrincipal);
  return {};
};

const disableOrganizationAdminAccount: Served<
  DisableOrganizationAdminAccountCommandInput,
  DisableOrganizationAdminAccountCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const organization = managedOrganization(context);
  const account = validAccount(input.adminAccountId);
  if (administratorIn(world, organization, region) !== account) {
    throw notFound(
      "The request failed because the account is not the delegated Macie administrator",
    );
  }
  const record = organizationRegion(world, caller.account, region);
  record.formerAdmins.add(account);
  delete record.admin;
  // AWS Organizations forgets the administrator with its last Region.
  const isUsed = macieFacts.regions.names.some((name) => {
    const { admin } = organizationRegion(world, caller.account, name);
    return admin?.account === account && designationHolds(organization, maciePrincipal, admin);
  });
  if (!isUsed) deregisterAdministrator(organization, maciePrincipal, account);
  return {};
};

const listOrganizationAdminAccounts: Served<
  ListOrganizationAdminAccountsCommandInput,
  ListOrganizationAdminAccountsCommandOutput
> = (context, input) => {
  const { world, region } = context;
  const account = administratorIn(world, managedOrganization(context), region);
  const all = account === undefined ? [] : [{ accountId: account, status: "ENABLED" as const }];
  const { items, next } = page("admins", all, input, macieFacts.pageSizes.administrators);
  return { adminAccounts: items, ...next };
};

const describeOrganizationConfiguration: Served<
  DescribeOrganizationConfigurationCommandInput,
  DescribeOrganizationConfigurationCommandOutput
> = (context) => {
  administeredOrganization(context);
  const { world, caller, region } = context;
  const { periods, members } = administratorRegion(world, caller.account, region);
  return {
    autoEnable: isAutoEnabling(periods),
    maxAccountLimitReached: members.size >= macieFacts.maxMembers,
  };
};

const updateOrganizationConfiguration: Served<
  UpdateOrganizationConfigurationCommandInput,
  UpdateOrganizationConfigurationCommandOutput
> = (context, input) => {
  administeredOrganization(context);
  callersSession(context);
  const { world, caller, region } = context;
  const { periods } = administratorRegion(world, caller.account, region);
  const now = world.clock.now();
  if (input.autoEnable !== true) endAutoEnable(periods, now);
  else if (!isAutoEnabling(periods)) periods.push({ from: now });
  return {};
};

function validAccount(id: string | undefined): string {
  if (id === undefined || !/^\d{12}$/.test(id)) {
    throw validation("The value for the adminAccountId field is invalid");
  }
  return id;
}

/** Operations on the organization's administrator and its configuration. */
export const administratorHandlers: Readonly<Record<string, AnyHandler>> = {
  EnableOrganizationAdminAccount: enableOrganizationAdminAccount,
  DisableOrganizationAdminAccount: disableOrganizationAdminAccount,
  ListOrganizationAdminAccounts: listOrganizationAdminAccounts,
  DescribeOrganizationConfiguration: describeOrganizationConfiguration,
  UpdateOrganizationConfiguration: updateOrganizationConfiguration,
};
