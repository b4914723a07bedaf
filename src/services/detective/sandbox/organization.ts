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
} from "@aws-sdk/client-detective";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import {
  administratorProblem,
  administratorsOf,
  organizationWith,
  registerAdministrator,
  trust,
} from "../../kit/sandbox-organization.ts";
import { ensureServiceLinkedRole } from "../../kit/sandbox-service-linked-role.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { type Administration, administrationOf, dismiss } from "./administration.ts";
import { accessDenied, invalid } from "./errors.ts";
import type { Served } from "./served.ts";
import {
  administratorsSlot,
  detectivePrincipal,
  type GraphRecord,
  makeGraph,
  type RegionState,
  regionState,
} from "./state.ts";

const enableOrganizationAdminAccount: Served<
  EnableOrganizationAdminAccountCommandInput,
  EnableOrganizationAdminAccountCommandOutput
> = ({ world, caller, region }, input) => {
  const account = input.AccountId ?? "";
  if (!/^\d{12}$/.test(account)) throw invalid("Invalid account ID.");
  const organization = ownOrganization(world, caller.account);
  const isManagement = account === organization.managementAccountId;
  const problem = administratorProblem(organization, account);
  if (problem !== undefined && !isManagement) {
    throw invalid(`The account ${account} is not an active member of the organization.`);
  }
  const current = administrationOf(world, organization, region);
  if (current !== undefined && current.account !== account) {
    throw invalid(
      "The request would cause an invalid state: the organization already has a Detective administrator account in this Region.",
    );
  }
  if (current !== undefined) return {};
  const others = administratorsOf(organization, detectivePrincipal).filter((id) => id !== account);
  if (others.length > 0 && !isManagement) {
    throw accessDenied(
      "The organization has a different delegated administrator account for Detective in AWS Organizations.",
    );
  }
  if (isManagement) trust(world, organization, detectivePrincipal);
  else registerAdministrator(world, organization, detectivePrincipal, account);
  ensureServiceLinkedRole(world, organization.managementAccountId, detectivePrincipal);
  const state = regionState(world, account, region);
  const graph = state.graph ?? makeGraph(world, account, region);
  const now = world.clock.now();
  // AWS: members that are in the organization are enabled as members of the organization's graph.
  for (const member of graph.members.values()) {
    if (!organization.accounts.has(member.account)) continue;
    member.how = "ORGANIZATION";
    member.status = "ENABLED";
    member.updatedAt = now;
  }
  state.organization = {
    autoEnable: false,
    since: now,
    seen: world.state(administratorsSlot).changes,
  };
  const { byRegion } = world.state(administratorsSlot);
  byRegion.set(`${organization.id}/${region}`, { account, since: now });
  return {};
};

const disableOrganizationAdminAccount: Served<
  DisableOrganizationAdminAccountCommandInput,
  DisableOrganizationAdminAccountCommandOutput
> = ({ world, caller, region }) => {
  const organization = ownOrganization(world, caller.account);
  const current = administrationOf(world, organization, region);
  if (current === undefined)
    throw invalid("The organization has no Detective administrator account.");
  dismiss(world, current, region);
  return {};
};

const listOrganizationAdminAccounts: Served<
  ListOrganizationAdminAccountsCommandInput,
  ListOrganizationAdminAccountsCommandOutput
> = ({ world, caller, region }) => {
  const organization = ownOrganization(world, caller.account);
  const current = administrationOf(world, organization, region);
  if (current === undefined) return { Administrators: [] };
  const { graph } = regionState(world, current.account, region);
  return {
    Administrators: [
      {
        AccountId: current.account,
        ...(graph === undefined ? {} : { GraphArn: graph.arn }),
        DelegationTime: new Date(current.since),
      },
    ],
  };
};

const describeOrganizationConfiguration: Served<
  DescribeOrganizationConfigurationCommandInput,
  DescribeOrganizationConfigurationCommandOutput
> = (context, input) => ({
  AutoEnable: organizationGraph(context, input.GraphArn).state.organization?.autoEnable === true,
});

const updateOrganizationConfiguration: Served<
  UpdateOrganizationConfigurationCommandInput,
  UpdateOrganizationConfigurationCommandOutput
> = (context, input) => {
  const { state } = organizationGraph(context, input.GraphArn);
  const now = context.world.clock.now();
  const autoEnable = input.AutoEnable ?? state.organization?.autoEnable ?? false;
  const was = state.organization?.autoEnable === true;
  const since = was ? (state.organization?.since ?? now) : now;
  state.organization = { autoEnable, since, seen: state.organization?.seen ?? 0 };
  return {};
};

function ownOrganization(world: HandlerContext["world"], account: string): OrganizationRecord {
  const organization = organizationWith(world, account);
  if (organization?.managementAccountId !== account) {
    throw accessDenied("The request must be made by the organization management account.");
  }
  return organization;
}

/** The organization's behavior graph, which only its administrator may ask for. */
export function organizationGraph(
  { world, caller, region }: HandlerContext,
  arn: string | undefined,
): {
  readonly admin: Administration;
  readonly state: RegionState;
  readonly graph: GraphRecord;
} {
  const organization = organizationWith(world, caller.account);
  const admin =
    organization === undefined ? undefined : administrationOf(world, organization, region);
  const state = regionState(world, caller.account, region);
  if (
    !/^arn:aws[-\w]{0,10}?:detective:[-\w]{2,20}?:\d{12}?:graph:[abcdef\d]{32}?$/.test(arn ?? "")
  ) {
    throw invalid("Invalid graph ARN.", "INVALID_GRAPH_ARN");
  }
  if (state.graph === undefined || state.graph.arn !== arn) {
    throw accessDenied("The account does not administer the behavior graph.");
  }
  if (admin?.account !== caller.account) {
    throw accessDenied(
      "The account is not the Detective administrator account of an organization.",
    );
  }
  return { admin, state, graph: state.graph };
}

/** Operations on an organization's administrator and its configuration. */
export const organizationHandlers: Readonly<Record<string, AnyHandler>> = {
  EnableOrganizationAdminAccount: enableOrganizationAdminAccount,
  DisableOrganizationAdminAccount: disableOrganizationAdminAccount,
  ListOrganizationAdminAccounts: listOrganizationAdminAccounts,
  DescribeOrganizationConfiguration: describeOrganizationConfiguration,
  UpdateOrganizationConfiguration: updateOrganizationConfiguration,
};
