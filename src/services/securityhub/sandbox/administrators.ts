import type {
  DisableOrganizationAdminAccountCommandInput,
  DisableOrganizationAdminAccountCommandOutput,
  EnableOrganizationAdminAccountCommandInput,
  EnableOrganizationAdminAccountCommandOutput,
  ListOrganizationAdminAccountsCommandInput,
  ListOrganizationAdminAccountsCommandOutput,
} from "@aws-sdk/client-securityhub";
import type { AccountId } from "../../../core/identifiers.ts";
import { regions } from "../../../data/regions.ts";
import { securityHubFacts } from "../../../data/securityhub.ts";
import type { AnyHandler } from "../../../sandbox/service.ts";
import { designateAdministrator, designationHolds } from "../../kit/sandbox-designation.ts";
import {
  administratorProblem,
  administratorsOf,
  deregisterAdministrator,
} from "../../kit/sandbox-organization.ts";
import { endCentralConfiguration } from "./configuration.ts";
import { accessDenied, invalidInput } from "./errors.ts";
import { newHub } from "./hub.ts";
import {
  administratorIn,
  administratorOfV2In,
  centralConfiguration,
  managedOrganization,
  regionOf,
  securityHubPrincipal,
} from "./organization.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { accountRegion, accountWide } from "./state.ts";

const enableOrganizationAdminAccount: Served<
  EnableOrganizationAdminAccountCommandInput,
  EnableOrganizationAdminAccountCommandOutput
> = (context, input) => {
  const { world, region } = context;
  const organization = managedOrganization(context);
  const account = validAccount(input.AdminAccountId);
  const isV2 = input.Feature === "SecurityHubV2";
  const problem = administratorProblem(organization, account);
  if (problem === "outside" || problem === "inactive") {
    throw invalidInput(`Account ${account} is not an active member of the organization`);
  }
  if (problem === "management" && isV2) {
    throw invalidInput("The management account cannot be the delegated administrator.");
  }
  const current = isV2
    ? administratorOfV2In(world, organization, region)
    : administratorIn(world, organization, region);
  if (current === account) return answer(account, input.Feature);
  const registered = administratorsOf(organization, securityHubPrincipal)[0];
  const other = current ?? (registered === account ? undefined : registered);
  // In AWS Organizations the management account stands beside the delegated administrator.
  if (other !== undefined && (current !== undefined || problem !== "management")) {
    throw invalidInput(
      `The organization already has a delegated Security Hub administrator account: ${other}`,
    );
  }
  const designation = designateAdministrator(world, organization, securityHubPrincipal, account);
  const record = regionOf(world, organization, region);
  if (isV2) {
    record.v2Admin = designation;
    accountRegion(world, account, region).v2 ??= {
      subscribedAt: world.clock.now(),
      tags: new Map(),
    };
  } else {
    if (record.admin !== undefined) record.formerAdmins.add(record.admin.account);
    record.admin = designation;
    const { central } = accountWide(world, account);
    if (central !== undefined && central.registeredAt !== designation.registeredAt) {
      endCentralConfiguration(world, organization, account);
    }
    // The management account is not subscribed by being designated.
    if (problem !== "management") {
      accountRegion(world, account, region).hub ??= newHub(world.clock.now(), true);
    }
  }
  return answer(account, input.Feature);
};

const disableOrganizationAdminAccount: Served<
  DisableOrganizationAdminAccountCommandInput,
  DisableOrganizationAdminAccountCommandOutput
> = (context, input) => {
  const { world, region } = context;
  const organization = managedOrganization(context);
  const account = validAccount(input.AdminAccountId);
  const record = regionOf(world, organization, region);
  const isV2 = input.Feature === "SecurityHubV2";
  const current = isV2
    ? administratorOfV2In(world, organization, region)
    : administratorIn(world, organization, region);
  if (current !== account) {
    throw invalidInput(`Account ${account} is not a delegated administrator for this organization`);
  }
  if (isV2) delete record.v2Admin;
  else {
    if (centralConfiguration(world, organization, account) !== undefined) {
      throw accessDenied(
        "The delegated administrator cannot be changed or removed while central configuration is " +
          "in use. Stop central configuration first.",
      );
    }
    record.formerAdmins.add(account);
    delete record.admin;
  }
  // AWS Organizations forgets the administrator with its last Region.
  const isUsed = regions.list.some(({ name }) => {
    const { admin, v2Admin } = regionOf(world, organization, name);
    return [admin, v2Admin].some(
      (designation) =>
        designation?.account === account &&
        designationHolds(organization, securityHubPrincipal, designation),
    );
  });
  if (!isUsed) deregisterAdministrator(organization, securityHubPrincipal, account);
  return {};
};

const listOrganizationAdminAccounts: Served<
  ListOrganizationAdminAccountsCommandInput,
  ListOrganizationAdminAccountsCommandOutput
> = (context, input) => {
  const { world, region } = context;
  const organization = managedOrganization(context);
  const account =
    input.Feature === "SecurityHubV2"
      ? administratorOfV2In(world, organization, region)
      : administratorIn(world, organization, region);
  const all = account === undefined ? [] : [{ AccountId: account, Status: "ENABLED" as const }];
  const { items, next } = page("admins", all, input, securityHubFacts.pageSizes.administrators);
  return {
    AdminAccounts: items,
    ...next,
    ...(input.Feature === undefined ? {} : { Feature: input.Feature }),
  };
};

function answer(
  account: AccountId,
  feature: EnableOrganizationAdminAccountCommandInput["Feature"],
): Omit<EnableOrganizationAdminAccountCommandOutput, "$metadata"> {
  return { AdminAccountId: account, ...(feature === undefined ? {} : { Feature: feature }) };
}

function validAccount(id: string | undefined): AccountId {
  if (id === undefined || !/^\d{12}$/.test(id)) {
    throw invalidInput("Invalid parameter 'AdminAccountId'. Data must match pattern ^[0-9]{12}$");
  }
  return id;
}

/** Operations on the organization's administrators. */
export const administratorHandlers: Readonly<Record<string, AnyHandler>> = {
  EnableOrganizationAdminAccount: enableOrganizationAdminAccount,
  DisableOrganizationAdminAccount: disableOrganizationAdminAccount,
  ListOrganizationAdminAccounts: listOrganizationAdminAccounts,
};
