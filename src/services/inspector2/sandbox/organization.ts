import type {
  AutoEnable,
  DescribeOrganizationConfigurationCommandInput,
  DescribeOrganizationConfigurationCommandOutput,
  DisableDelegatedAdminAccountCommandInput,
  DisableDelegatedAdminAccountCommandOutput,
  EnableDelegatedAdminAccountCommandInput,
  EnableDelegatedAdminAccountCommandOutput,
  GetDelegatedAdminAccountCommandInput,
  GetDelegatedAdminAccountCommandOutput,
  ListDelegatedAdminAccountsCommandInput,
  ListDelegatedAdminAccountsCommandOutput,
  UpdateOrganizationConfigurationCommandInput,
  UpdateOrganizationConfigurationCommandOutput,
} from "@aws-sdk/client-inspector2";
import { inspectorFacts } from "../../../data/inspector2-facts.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import {
  administratorProblem,
  administratorsOf,
  organizationWith,
  registerAdministrator,
} from "../../kit/sandbox-organization.ts";
import { pageOf } from "../../kit/sandbox-page.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { administrationFor, administrationOf, dismiss } from "./administration.ts";
import { accessDenied, conflict, invalid, notFound } from "./errors.ts";
import type { Served } from "./served.ts";
import { administratorsSlot, inspectorPrincipal, type RegionState, regionState } from "./state.ts";

const enableDelegatedAdminAccount: Served<
  EnableDelegatedAdminAccountCommandInput,
  EnableDelegatedAdminAccountCommandOutput
> = ({ world, caller, region }, input) => {
  const account = input.delegatedAdminAccountId ?? "";
  if (!/^\d{12}$/.test(account)) throw invalid("Invalid account ID.");
  const organization = ownOrganization(world, caller.account, "enable the delegated admin account");
  const problem = administratorProblem(organization, account);
  if (problem === "management") {
    throw invalid("The management account cannot be the delegated administrator.");
  }
  if (problem !== undefined) {
    throw invalid(`The account ${account} is not an active member of the organization.`);
  }
  const current = administrationOf(world, organization, region);
  const others = administratorsOf(organization, inspectorPrincipal).filter((id) => id !== account);
  const other = current !== undefined && current.account !== account ? current.account : others[0];
  if (other !== undefined) {
    throw conflict(
      `Delegated admin account ${other} is already enabled for the organization`,
      other,
    );
  }
  if (current !== undefined) {
    throw conflict(
      `Delegated administrator ${account} is already enabled for the organization`,
      account,
    );
  }
  registerAdministrator(world, organization, inspectorPrincipal, account);
  const now = world.clock.now();
  regionState(world, account, region).organization = {
    autoEnable: {},
    since: now,
    seen: world.state(administratorsSlot).changes,
  };
  world.state(administratorsSlot).byRegion.set(`${organization.id}/${region}`, account);
  return { delegatedAdminAccountId: account };
};

const disableDelegatedAdminAccount: Served<
  DisableDelegatedAdminAccountCommandInput,
  DisableDelegatedAdminAccountCommandOutput
> = ({ world, caller, region }, input) => {
  const account = input.delegatedAdminAccountId ?? "";
  const organization = ownOrganization(
    world,
    caller.account,
    "disable the delegated admin account",
  );
  const current = administrationOf(world, organization, region);
  if (current?.account !== account) {
    throw notFound(`The account ${account} is not the delegated administrator.`);
  }
  dismiss(world, current, region);
  return { delegatedAdminAccountId: account };
};

const listDelegatedAdminAccounts: Served<
  ListDelegatedAdminAccountsCommandInput,
  ListDelegatedAdminAccountsCommandOutput
> = ({ world, caller, region }, input) => {
  const organization = ownOrganization(world, caller.account, "list delegated admin accounts");
  const current = administrationOf(world, organization, region);
  const { administratorPageSize: size } = inspectorFacts;
  const { items, nextToken } = pageOf(
    current === undefined ? [] : [{ accountId: current.account, status: "ENABLED" as const }],
    { maxResults: input.maxResults, token: input.nextToken },
    {
      list: "administrators",
      defaultSize: size,
      maxSize: size,
      invalid: (member) => invalid(`Invalid ${member}.`),
    },
  );
  return {
    delegatedAdminAccounts: items,
    ...(nextToken === undefined ? {} : { nextToken }),
  };
};

const getDelegatedAdminAccount: Served<
  GetDelegatedAdminAccountCommandInput,
  GetDelegatedAdminAccountCommandOutput
> = ({ world, caller, region }) => {
  const admin = administrationFor(world, caller.account, region);
  if (admin === undefined) throw notFound("The organization has no delegated administrator.");
  return { delegatedAdmin: { accountId: admin.account, relationshipStatus: "ENABLED" } };
};

const describeOrganizationConfiguration: Served<
  DescribeOrganizationConfigurationCommandInput,
  DescribeOrganizationConfigurationCommandOutput
> = (context) => {
  const own = ownAdministration(context, "describe the organization configuration.");
  return {
    autoEnable: autoEnableShape(own),
    maxAccountLimitReached: (own.members?.size ?? 0) >= inspectorFacts.maxMembers,
  };
};

const updateOrganizationConfiguration: Served<
  UpdateOrganizationConfigurationCommandInput,
  UpdateOrganizationConfigurationCommandOutput
> = (context, input) => {
  const own = ownAdministration(context, "update the organization configuration");
  const wanted = input.autoEnable;
  if (wanted?.lambdaCode === true && wanted.lambda !== true) {
    throw invalid("Lambda code scanning cannot be enabled without Lambda standard scanning.");
  }
  const now = context.world.clock.now();
  own.organization = {
    autoEnable: {
      ec2: wanted?.ec2 === true,
      ecr: wanted?.ecr === true,
      lambda: wanted?.lambda === true,
      lambdaCode: wanted?.lambdaCode === true,
      codeRepository: wanted?.codeRepository === true,
    },
    since: own.organization?.since ?? now,
    seen: own.organization?.seen ?? 0,
  };
  return { autoEnable: autoEnableShape(own) };
};

function autoEnableShape({ organization }: RegionState): AutoEnable {
  const { autoEnable = {} } = organization ?? {};
  return {
    ec2: autoEnable.ec2 === true,
    ecr: autoEnable.ecr === true,
    lambda: autoEnable.lambda === true,
    lambdaCode: autoEnable.lambdaCode === true,
    codeRepository: autoEnable.codeRepository === true,
  };
}

/** The organization whose management account calls. */
function ownOrganization(
  world: HandlerContext["world"],
  account: string,
  what: string,
): OrganizationRecord {
  const organization = organizationWith(world, account);
  if (organization?.managementAccountId !== account) throw accessDenied(what);
  return organization;
}

/** Inspector of the caller, which must be the delegated administrator. */
export function ownAdministration(
  { world, caller, region }: HandlerContext,
  what: string,
): RegionState {
  if (administrationFor(world, caller.account, region)?.account !== caller.account) {
    throw accessDenied(what);
  }
  return regionState(world, caller.account, region);
}

/** Operations on an organization's administrator and its configuration. */
export const organizationHandlers: Readonly<Record<string, AnyHandler>> = {
  EnableDelegatedAdminAccount: enableDelegatedAdminAccount,
  DisableDelegatedAdminAccount: disableDelegatedAdminAccount,
  ListDelegatedAdminAccounts: listDelegatedAdminAccounts,
  GetDelegatedAdminAccount: getDelegatedAdminAccount,
  DescribeOrganizationConfiguration: describeOrganizationConfiguration,
  UpdateOrganizationConfiguration: updateOrganizationConfiguration,
};
