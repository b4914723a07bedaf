import type {
  AdminScope,
  AssociateAdminAccountCommandInput,
  AssociateAdminAccountCommandOutput,
  DisassociateAdminAccountCommandInput,
  DisassociateAdminAccountCommandOutput,
  GetAdminAccountCommandInput,
  GetAdminAccountCommandOutput,
  GetAdminScopeCommandInput,
  GetAdminScopeCommandOutput,
  ListAdminAccountsForOrganizationCommandInput,
  ListAdminAccountsForOrganizationCommandOutput,
  ListAdminsManagingAccountCommandInput,
  ListAdminsManagingAccountCommandOutput,
  PutAdminAccountCommandInput,
  PutAdminAccountCommandOutput,
} from "@aws-sdk/client-fms";
import { firewallManagerFacts } from "../../../data/firewall-manager.ts";
import { regions } from "../../../data/regions.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { designateAdministrator } from "../../kit/sandbox-designation.ts";
import { administratorProblem, deregisterAdministrator } from "../../kit/sandbox-organization.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { invalidInput, invalidOperation, limitExceeded, notFound } from "./errors.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import {
  type AdministratorRecord,
  administratorRegion,
  administratorsOf,
  callersOrganization,
  firewallManagerPrincipal,
  managedOrganization,
  onboardingMs,
  requireAdminRegion,
} from "./state.ts";

const fullScope: AdminScope = {
  AccountScope: { AllAccountsEnabled: true },
  OrganizationalUnitScope: { AllOrganizationalUnitsEnabled: true },
  RegionScope: { AllRegionsEnabled: true },
  PolicyTypeScope: { AllPolicyTypesEnabled: true },
};

const associateAdminAccount: Served<
  AssociateAdminAccountCommandInput,
  AssociateAdminAccountCommandOutput
> = (context, input) => {
  const organization = managedOrganization(context);
  const account = validMember(organization, input.AdminAccount);
  const state = administratorsOf(context.world, organization);
  if (state.defaultAdmin === account) return {};
  if (state.defaultAdmin !== undefined) {
    throw invalidOperation(
      `The organization already has a default administrator: ${state.defaultAdmin}`,
    );
  }
  state.defaultAdmin = account;
  register(context, organization, account, fullScope);
  return {};
};

const disassociateAdminAccount: Served<
  DisassociateAdminAccountCommandInput,
  DisassociateAdminAccountCommandOutput
> = (context) => {
  requireAdminRegion(context);
  const { world, caller } = context;
  const organization = callersOrganization(context);
  const state = administratorsOf(world, organization);
  if (!state.administrators.has(caller.account)) {
    throw notFound(`AWS account ${caller.account} is not a Firewall Manager administrator.`);
  }
  const isDefault = state.defaultAdmin === caller.account;
  if (isDefault && state.administrators.size > 1) {
    throw invalidOperation(
      "All other Firewall Manager administrators must be disassociated before the default administrator.",
    );
  }
  const owned = regions.list.some(
    ({ name }) => administratorRegion(world, caller.account, name).policies.size > 0,
  );
  if (isDefault && owned) {
    throw invalidOperation(
      "Delete all Firewall Manager policies before disassociating the default administrator.",
    );
  }
  state.administrators.delete(caller.account);
  if (isDefault) delete state.defaultAdmin;
  deregisterAdministrator(organization, firewallManagerPrincipal, caller.account);
  return {};
};

const getAdminAccount: Served<GetAdminAccountCommandInput, GetAdminAccountCommandOutput> = (
  context,
) => {
  requireAdminRegion(context);
  const { world, caller } = context;
  const organization = callersOrganization(context);
  const state = administratorsOf(world, organization);
  const isAdministrator = state.administrators.has(caller.account);
  if (caller.account !== organization.managementAccountId && !isAdministrator) {
    throw invalidOperation(`AWS account ${caller.account} may not see the administrator.`);
  }
  const { defaultAdmin } = state;
  if (defaultAdmin === undefined) {
    throw notFound("No default admin could be found for the organization.");
  }
  const record = state.administrators.get(defaultAdmin);
  return {
    AdminAccount: defaultAdmin,
    RoleStatus: isAboard(context, record) ? "READY" : "CREATING",
  };
};

const putAdminAccount: Served<PutAdminAccountCommandInput, PutAdminAccountCommandOutput> = (
  context,
  input,
) => {
  const organization = managedOrganization(context);
  const account = validMember(organization, input.AdminAccount);
  const state = administratorsOf(context.world, organization);
  if (state.defaultAdmin === undefined) {
    throw invalidOperation("The organization has no Firewall Manager default administrator.");
  }
  if (state.defaultAdmin === account) {
    throw invalidOperation("The scope of the default administrator cannot be changed.");
  }
  const scope = input.AdminScope ?? fullScope;
  checkScope(scope);
  const known = state.administrators.get(account);
  if (known !== undefined) {
    known.scope = scope;
    return {};
  }
  if (state.administrators.size >= firewallManagerFacts.maxAdministrators) {
    throw limitExceeded("The maximum number of Firewall Manager administrators is reached.");
  }
  register(context, organization, account, scope);
  return {};
};

const getAdminScope: Served<GetAdminScopeCommandInput, GetAdminScopeCommandOutput> = (
  context,
  input,
) => {
  const organization = callersOrganization(context);
  const { administrators } = administratorsOf(context.world, organization);
  const record = administrators.get(input.AdminAccount ?? "");
  if (record === undefined) {
    throw notFound(`AWS account ${input.AdminAccount} is not a Firewall Manager administrator.`);
  }
  return { AdminScope: record.scope, Status: statusOf(context, record) };
};

const listAdminAccounts: Served<
  ListAdminAccountsForOrganizationCommandInput,
  ListAdminAccountsForOrganizationCommandOutput
> = (context, input) => {
  const organization = managedOrganization(context);
  const { administrators, defaultAdmin } = administratorsOf(context.world, organization);
  const all = [...administrators].map(([account, record]) => ({
    AdminAccount: account,
    DefaultAdmin: account === defaultAdmin,
    Status: statusOf(context, record),
  }));
  const { items, next } = page("admins", all, input, firewallManagerFacts.pageSizes.administrators);
  return { AdminAccounts: items, ...next };
};

const listAdminsManagingAccount: Served<
  ListAdminsManagingAccountCommandInput,
  ListAdminsManagingAccountCommandOutput
> = (context, input) => {
  const { administrators } = administratorsOf(context.world, callersOrganization(context));
  const { items, next } = page(
    "managing",
    [...administrators.keys()],
    input,
    firewallManagerFacts.pageSizes.administrators,
  );
  return { AdminAccounts: items, ...next };
};

function register(
  { world }: HandlerContext,
  organization: OrganizationRecord,
  account: string,
  scope: AdminScope,
): void {
  administratorsOf(world, organization).administrators.set(account, {
    designation: designateAdministrator(world, organization, firewallManagerPrincipal, account),
    since: world.clock.now(),
    scope,
  });
}

function isAboard({ world }: HandlerContext, record: AdministratorRecord | undefined): boolean {
  return record !== undefined && record.since + onboardingMs <= world.clock.now();
}

function statusOf(
  context: HandlerContext,
  record: AdministratorRecord,
): "ONBOARDING" | "ONBOARDING_COMPLETE" {
  return isAboard(context, record) ? "ONBOARDING_COMPLETE" : "ONBOARDING";
}

function validMember(organization: OrganizationRecord, id: string | undefined): string {
  const account = id ?? "";
  const problem = administratorProblem(organization, account);
  if (problem === "outside" || problem === "inactive") {
    throw invalidInput(`AWS account ${account} is not an active member of the organization.`);
  }
  if (problem === "management") {
    throw invalidOperation(
      "The management account cannot be a Firewall Manager administrator account.",
    );
  }
  return account;
}

/** Either everything or a list, for each part of a scope. */
function checkScope({ AccountScope, OrganizationalUnitScope }: AdminScope): void {
  if (AccountScope?.AllAccountsEnabled === true && (AccountScope.Accounts?.length ?? 0) > 0) {
    throw invalidInput("Accounts cannot be given together with AllAccountsEnabled.");
  }
  if (
    OrganizationalUnitScope?.AllOrganizationalUnitsEnabled === true &&
    (OrganizationalUnitScope.OrganizationalUnits?.length ?? 0) > 0
  ) {
    throw invalidInput(
      "OrganizationalUnits cannot be given together with AllOrganizationalUnitsEnabled.",
    );
  }
}

/** Operations on administrators. */
export const administratorHandlers: Readonly<Record<string, AnyHandler>> = {
  AssociateAdminAccount: associateAdminAccount,
  DisassociateAdminAccount: disassociateAdminAccount,
  GetAdminAccount: getAdminAccount,
  PutAdminAccount: putAdminAccount,
  GetAdminScope: getAdminScope,
  ListAdminAccountsForOrganization: listAdminAccounts,
  ListAdminsManagingAccount: listAdminsManagingAccount,
};
