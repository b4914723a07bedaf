import type {
  CreateMemberCommandInput,
  CreateMemberCommandOutput,
  DeleteMemberCommandInput,
  DeleteMemberCommandOutput,
  DisassociateMemberCommandInput,
  DisassociateMemberCommandOutput,
  GetAdministratorAccountCommandInput,
  GetAdministratorAccountCommandOutput,
  GetMasterAccountCommandOutput,
  GetMemberCommandInput,
  GetMemberCommandOutput,
  Invitation,
  ListMembersCommandInput,
  ListMembersCommandOutput,
  Member,
  RelationshipStatus,
  UpdateMemberSessionCommandInput,
  UpdateMemberSessionCommandOutput,
} from "@aws-sdk/client-macie2";
import type { AccountId } from "../../../core/identifiers.ts";
import { macieFacts } from "../../../data/macie.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { isRegionUsable } from "../../kit/sandbox-service-linked-role.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { conflict, notFound, quotaExceeded, validation } from "./errors.ts";
import {
  administeredOrganization,
  administratorIn,
  callersSession,
  memberRecord,
  sessionOf,
} from "./organization.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { administratorRegion, type MemberRecord } from "./state.ts";

const createMember: Served<CreateMemberCommandInput, CreateMemberCommandOutput> = (
  context,
  input,
) => {
  const { world, caller, region } = context;
  const organization = administeredOrganization(context);
  callersSession(context);
  const account = input.account?.accountId ?? "";
  const member = organization.accounts.get(account);
  if (account === caller.account) {
    throw validation("The request failed because the account cannot be its own member");
  }
  if (member === undefined) {
    throw validation("The request failed because the account is not a member of the organization");
  }
  if (member.state !== "ACTIVE") {
    throw validation("The request failed because the account is suspended");
  }
  if (!isRegionUsable(world, account, region)) {
    throw validation("The request failed because the Region is disabled for the account");
  }
  // Nobody but the management account itself can enable Macie there.
  if (
    account === organization.managementAccountId &&
    sessionOf(world, account, region) === undefined
  ) {
    throw validation("The request failed because Macie is not enabled for the management account");
  }
  const known = memberRecord(world, organization, caller.account, account, region);
  if (known !== undefined && known.status !== "Removed") {
    throw conflict("The request failed because the account is already a member account");
  }
  const { members } = administratorRegion(world, caller.account, region);
  if (members.size >= macieFacts.maxMembers) {
    throw quotaExceeded("The request failed because of the number of member accounts");
  }
  members.set(account, {
    status: "Enabled",
    updatedAt: world.clock.now(),
    tags: { ...input.tags },
  });
  return { arn: arnOf(context, account) };
};

const getMember: Served<GetMemberCommandInput, GetMemberCommandOutput> = (context, input) => {
  const organization = administeredOrganization(context);
  return memberShape(context, organization, ...find(context, organization, input.id));
};

const listMembers: Served<ListMembersCommandInput, ListMembersCommandOutput> = (context, input) => {
  const { world, caller, region } = context;
  const organization = administeredOrganization(context);
  const onlyAssociated = input.onlyAssociated !== "false";
  const all = organization.accountOrder.flatMap((account) => {
    const record = memberRecord(world, organization, caller.account, account, region);
    if (record === undefined || (onlyAssociated && record.status === "Removed")) return [];
    return [memberShape(context, organization, account, record)];
  });
  const list = `members ${onlyAssociated}`;
  const { items, next } = page(list, all, input, macieFacts.pageSizes.members);
  return { members: items, ...next };
};

const updateMemberSession: Served<
  UpdateMemberSessionCommandInput,
  UpdateMemberSessionCommandOutput
> = (context, input) => {
  const organization = administeredOrganization(context);
  const [account, record] = find(context, organization, input.id);
  put(context, account, {
    ...record,
    status: input.status === "PAUSED" ? "Paused" : "Enabled",
  });
  return {};
};

const disassociateMember: Served<
  DisassociateMemberCommandInput,
  DisassociateMemberCommandOutput
> = (context, input) => {
  const [account, record] = find(context, administeredOrganization(context), input.id);
  put(context, account, { ...record, status: "Removed" });
  return {};
};

const deleteMember: Served<DeleteMemberCommandInput, DeleteMemberCommandOutput> = (
  context,
  input,
) => {
  const [account, record] = find(context, administeredOrganization(context), input.id);
  if (record.status !== "Removed") {
    throw conflict("The request failed because the account is still associated");
  }
  put(context, account, { ...record, status: "Deleted" });
  return {};
};

const getAdministratorAccount: Served<
  GetAdministratorAccountCommandInput,
  GetAdministratorAccountCommandOutput
> = (context) => {
  const administrator = callersAdministrator(context);
  return administrator === undefined ? {} : { administrator };
};

const getMasterAccount: Served<object, GetMasterAccountCommandOutput> = (context) => {
  const master = callersAdministrator(context);
  return master === undefined ? {} : { master };
};

function callersAdministrator(context: HandlerContext): Invitation | undefined {
  const { world, caller, region } = context;
  callersSession(context);
  const organization = organizationWith(world, caller.account);
  if (organization === undefined) return undefined;
  const accountId = administratorIn(world, organization, region);
  if (accountId === undefined) return undefined;
  const record = memberRecord(world, organization, accountId, caller.account, region);
  if (record === undefined || record.status === "Removed") return undefined;
  return {
    accountId,
    relationshipStatus: relationship(context, organization, caller.account, record),
  };
}

function find(
  { world, caller, region }: HandlerContext,
  organization: OrganizationRecord,
  id: string | undefined,
): [AccountId, MemberRecord] {
  const account = id ?? "";
  const record = memberRecord(world, organization, caller.account, account, region);
  if (record === undefined) {
    throw notFound("The request failed because the account is not a member account");
  }
  return [account, record];
}

function put(
  { world, caller, region }: HandlerContext,
  account: AccountId,
  to: MemberRecord,
): void {
  const { members } = administratorRegion(world, caller.account, region);
  members.set(account, { ...to, updatedAt: world.clock.now() });
}

/** The state of a member: suspended accounts and Regions that are off stand before its own. */
function relationship(
  { world, region }: HandlerContext,
  organization: OrganizationRecord,
  account: AccountId,
  { status }: MemberRecord,
): RelationshipStatus {
  if (status === "Removed" || status === "Deleted") return "Removed";
  if (organization.accounts.get(account)?.state !== "ACTIVE") return "AccountSuspended";
  if (!isRegionUsable(world, account, region)) return "RegionDisabled";
  return status;
}

function memberShape(
  context: HandlerContext,
  organization: OrganizationRecord,
  account: AccountId,
  record: MemberRecord,
): Member {
  return {
    accountId: account,
    administratorAccountId: context.caller.account,
    masterAccountId: context.caller.account,
    arn: arnOf(context, account),
    relationshipStatus: relationship(context, organization, account, record),
    tags: { ...record.tags },
    updatedAt: new Date(record.updatedAt),
  };
}

function arnOf({ caller, region }: HandlerContext, account: AccountId): string {
  return `arn:aws:macie2:${region}:${caller.account}:member/${account}`;
}

/** Operations on members. */
export const memberHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateMember: createMember,
  GetMember: getMember,
  ListMembers: listMembers,
  UpdateMemberSession: updateMemberSession,
  DisassociateMember: disassociateMember,
  DeleteMember: deleteMember,
  GetAdministratorAccount: getAdministratorAccount,
  GetMasterAccount: getMasterAccount,
};
