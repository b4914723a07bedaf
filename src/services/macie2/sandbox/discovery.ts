import type {
  BatchUpdateAutomatedDiscoveryAccountsCommandInput,
  BatchUpdateAutomatedDiscoveryAccountsCommandOutput,
  GetAutomatedDiscoveryConfigurationCommandInput,
  GetAutomatedDiscoveryConfigurationCommandOutput,
  ListAutomatedDiscoveryAccountsCommandInput,
  ListAutomatedDiscoveryAccountsCommandOutput,
  UpdateAutomatedDiscoveryConfigurationCommandInput,
  UpdateAutomatedDiscoveryConfigurationCommandOutput,
} from "@aws-sdk/client-macie2";
import type { AccountId } from "../../../core/identifiers.ts";
import { macieFacts } from "../../../data/macie.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { endAutoEnable, periodOf } from "../../kit/sandbox-designation.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { accessDenied, validation } from "./errors.ts";
import {
  administeredOrganization,
  administratorIn,
  callersSession,
  memberRecord,
  sessionOf,
} from "./organization.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { accountRegion, administratorRegion } from "./state.ts";

const getConfiguration: Served<
  GetAutomatedDiscoveryConfigurationCommandInput,
  GetAutomatedDiscoveryConfigurationCommandOutput
> = (context) => {
  const { world, caller, region } = context;
  callersSession(context);
  const found = accountRegion(world, caller.account, region).discovery;
  const isAdministrator = administers(context);
  return {
    status: found?.status ?? "DISABLED",
    ...(isAdministrator ? { autoEnableOrganizationMembers: found?.mode ?? "NONE" } : {}),
    ...(found === undefined ? {} : { lastUpdatedAt: new Date(found.updatedAt) }),
    ...(found?.firstEnabledAt === undefined
      ? {}
      : { firstEnabledAt: new Date(found.firstEnabledAt) }),
    ...(found?.disabledAt === undefined ? {} : { disabledAt: new Date(found.disabledAt) }),
  };
};

const updateConfiguration: Served<
  UpdateAutomatedDiscoveryConfigurationCommandInput,
  UpdateAutomatedDiscoveryConfigurationCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  callersSession(context);
  const isAdministrator = administers(context);
  const organization = organizationWith(world, caller.account);
  const administrator =
    organization === undefined ? undefined : administratorIn(world, organization, region);
  if (
    organization !== undefined &&
    administrator !== undefined &&
    memberRecord(world, organization, administrator, caller.account, region) !== undefined
  ) {
    throw accessDenied(
      "The request failed because the Macie administrator manages automated discovery for the account",
    );
  }
  if (!isAdministrator && input.autoEnableOrganizationMembers !== undefined) {
    throw accessDenied("The request failed because the account is not a Macie administrator");
  }
  const state = accountRegion(world, caller.account, region);
  const before = state.discovery;
  const now = world.clock.now();
  const isOn = input.status === "ENABLED";
  // AWS names ALL as the default of the first time; later calls keep what was set.
  const mode = input.autoEnableOrganizationMembers ?? before?.mode ?? "ALL";
  if (isAdministrator) changeMode(context, isOn ? mode : "NONE", before?.mode ?? "NONE", isOn);
  state.discovery = {
    status: isOn ? "ENABLED" : "DISABLED",
    mode: isOn ? mode : "NONE",
    updatedAt: now,
    ...(before?.firstEnabledAt !== undefined
      ? { firstEnabledAt: before.firstEnabledAt }
      : isOn
        ? { firstEnabledAt: now }
        : {}),
    ...(isOn ? {} : { disabledAt: now }),
  };
  return {};
};

const listAccounts: Served<
  ListAutomatedDiscoveryAccountsCommandInput,
  ListAutomatedDiscoveryAccountsCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const organization = administeredOrganization(context);
  const wanted = input.accountIds;
  if (wanted !== undefined && wanted.length > macieFacts.discoveryBatchSize) {
    throw validation("The value for the accountIds field is invalid");
  }
  const all = organization.accountOrder
    .filter((account) => wanted === undefined || wanted.includes(account))
    .filter(
      (account) =>
        account === caller.account ||
        memberRecord(world, organization, caller.account, account, region) !== undefined,
    )
    .map((accountId) => ({ accountId, status: statusOf(context, organization, accountId) }));
  const { items, next } = page("discovery", all, input, macieFacts.pageSizes.discoveryAccounts);
  return { items, ...next };
};

const batchUpdateAccounts: Served<
  BatchUpdateAutomatedDiscoveryAccountsCommandInput,
  BatchUpdateAutomatedDiscoveryAccountsCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const organization = administeredOrganization(context);
  const accounts = input.accounts ?? [];
  if (accounts.length > macieFacts.discoveryBatchSize) {
    throw validation("The value for the accounts field is invalid");
  }
  const { discovery } = administratorRegion(world, caller.account, region);
  const errors: NonNullable<BatchUpdateAutomatedDiscoveryAccountsCommandOutput["errors"]> = [];
  for (const { accountId = "", status = "ENABLED" } of accounts) {
    const member = memberRecord(world, organization, caller.account, accountId, region);
    if (accountId !== caller.account && (member === undefined || member.status === "Removed")) {
      errors.push({ accountId, errorCode: "ACCOUNT_NOT_FOUND" });
    } else if (sessionOf(world, accountId, region)?.status === "PAUSED") {
      errors.push({ accountId, errorCode: "ACCOUNT_PAUSED" });
    } else discovery.set(accountId, status);
  }
  return errors.length === 0 ? {} : { errors };
};

/**
 * Turns to another mode. Under ALL every member is on and there are no exceptions; whoever is on
 * when it ends stays on.
 */
function changeMode(
  context: HandlerContext,
  to: "ALL" | "NEW" | "NONE",
  from: "ALL" | "NEW" | "NONE",
  isOn: boolean,
): void {
  const { world, caller, region } = context;
  const { discovery, discoveryPeriods } = administratorRegion(world, caller.account, region);
  const now = world.clock.now();
  if (from === "ALL" && to !== "ALL" && isOn) {
    const organization = administeredOrganization(context);
    for (const account of organization.accountOrder) {
      if (memberRecord(world, organization, caller.account, account, region) !== undefined) {
        discovery.set(account, "ENABLED");
      }
    }
  }
  if (to === "ALL" || !isOn) discovery.clear();
  if (to !== "NEW") endAutoEnable(discoveryPeriods, now);
  else if (from !== "NEW") discoveryPeriods.push({ from: now });
}

function statusOf(
  { world, caller, region }: HandlerContext,
  organization: OrganizationRecord,
  account: AccountId,
): "ENABLED" | "DISABLED" {
  const config = accountRegion(world, caller.account, region).discovery;
  if (config?.status !== "ENABLED") return "DISABLED";
  if (config.mode === "ALL") return "ENABLED";
  const { discovery, discoveryPeriods } = administratorRegion(world, caller.account, region);
  const explicit = discovery.get(account);
  if (explicit !== undefined) return explicit;
  const since = memberRecord(world, organization, caller.account, account, region)?.updatedAt ?? 0;
  return periodOf(discoveryPeriods, since) === undefined ? "DISABLED" : "ENABLED";
}

function administers({ world, caller, region }: HandlerContext): boolean {
  const organization = organizationWith(world, caller.account);
  if (organization === undefined) return false;
  return administratorIn(world, organization, region) === caller.account;
}

/** Operations on automated sensitive data discovery. */
export const discoveryHandlers: Readonly<Record<string, AnyHandler>> = {
  GetAutomatedDiscoveryConfiguration: getConfiguration,
  UpdateAutomatedDiscoveryConfiguration: updateConfiguration,
  ListAutomatedDiscoveryAccounts: listAccounts,
  BatchUpdateAutomatedDiscoveryAccounts: batchUpdateAccounts,
};
