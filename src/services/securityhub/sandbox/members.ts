import type {
  CreateMembersCommandInput,
  CreateMembersCommandOutput,
  DeleteMembersCommandInput,
  DeleteMembersCommandOutput,
  DisassociateMembersCommandInput,
  DisassociateMembersCommandOutput,
  GetAdministratorAccountCommandInput,
  GetAdministratorAccountCommandOutput,
  GetMasterAccountCommandOutput,
  GetMembersCommandInput,
  GetMembersCommandOutput,
  ListMembersCommandInput,
  ListMembersCommandOutput,
  Member,
  Result,
} from "@aws-sdk/client-securityhub";
import type { AccountId } from "../../../core/identifiers.ts";
import { securityHubFacts } from "../../../data/securityhub.ts";
import { findAccount } from "../../../sandbox/accounts.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { isRegionUsable } from "../../kit/sandbox-service-linked-role.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { centralPolicyFor } from "./configuration.ts";
import { invalidInput, notFound } from "./errors.ts";
import { hubOf, memberRecord } from "./hub.ts";
import { callersHub } from "./hub-operations.ts";
import { administeredOrganization, administratorIn } from "./organization.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { accountRegion, administratorRegion, type MemberRecord } from "./state.ts";

const createMembers: Served<CreateMembersCommandInput, CreateMembersCommandOutput> = (
  context,
  input,
) => {
  const { world, caller, region } = context;
  const organization = administeredOrganization(context);
  callersHub(context);
  const details = input.AccountDetails ?? [];
  checkBatch(details.length);
  const { members } = administratorRegion(world, caller.account, region);
  const failed: Result[] = [];
  for (const { AccountId: account = "", Email: email } of details) {
    const problem = memberProblem(context, organization, account);
    if (problem !== undefined) {
      failed.push({ AccountId: account, ProcessingResult: problem });
      continue;
    }
    const known = memberOf(context, organization, account);
    if (known?.status === "Enabled") continue;
    const isSuspended = organization.accounts.get(account)?.state !== "ACTIVE";
    members.set(account, {
      status: isSuspended ? "AccountSuspended" : "Enabled",
      updatedAt: world.clock.now(),
      standards: true,
      ...(email === undefined ? {} : { email }),
    });
  }
  return { UnprocessedAccounts: failed };
};

const listMembers: Served<ListMembersCommandInput, ListMembersCommandOutput> = (context, input) => {
  const organization = administeredOrganization(context);
  const members = organization.accountOrder.flatMap((account) => {
    const record = memberOf(context, organization, account);
    if (record === undefined) return [];
    if (input.OnlyAssociated !== false && record.status !== "Enabled") return [];
    return [memberShape(context, account, record)];
  });
  const list = `members ${input.OnlyAssociated !== false}`;
  const { items, next } = page(list, members, input, securityHubFacts.pageSizes.members);
  return { Members: items, ...next };
};

const getMembers: Served<GetMembersCommandInput, GetMembersCommandOutput> = (context, input) => {
  const organization = administeredOrganization(context);
  const ids = input.AccountIds ?? [];
  checkBatch(ids.length);
  const members: Member[] = [];
  const failed: Result[] = [];
  for (const account of ids) {
    const record = memberOf(context, organization, account);
    if (record === undefined) {
      failed.push({
        AccountId: account,
        ProcessingResult: `Account ${account} is not associated with the administrator account`,
      });
    } else members.push(memberShape(context, account, record));
  }
  return { Members: members, UnprocessedAccounts: failed };
};

const disassociateMembers: Served<
  DisassociateMembersCommandInput,
  DisassociateMembersCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const organization = administeredOrganization(context);
  const ids = input.AccountIds ?? [];
  checkBatch(ids.length);
  for (const account of ids) {
    const record = memberOf(context, organization, account);
    if (record === undefined) throw notFound(`Account ${account} is not a member`);
    administratorRegion(world, caller.account, region).members.set(account, {
      ...record,
      status: "Removed",
      updatedAt: world.clock.now(),
    });
  }
  return {};
};

const deleteMembers: Served<DeleteMembersCommandInput, DeleteMembersCommandOutput> = (
  context,
  input,
) => {
  const { world, caller, region } = context;
  const organization = administeredOrganization(context);
  const ids = input.AccountIds ?? [];
  checkBatch(ids.length);
  const failed: Result[] = [];
  for (const account of ids) {
    const record = memberOf(context, organization, account);
    const problem =
      record === undefined
        ? "The account is not a member account"
        : record.status === "Enabled"
          ? "The account must be disassociated before it is deleted"
          : undefined;
    if (problem !== undefined || record === undefined) {
      failed.push({ AccountId: account, ProcessingResult: problem });
      continue;
    }
    // The account keeps the hub that it got by being a member.
    const kept = hubOf(world, account, region)?.record;
    if (kept !== undefined) accountRegion(world, account, region).hub ??= kept;
    administratorRegion(world, caller.account, region).members.set(account, {
      ...record,
      status: "Deleted",
      updatedAt: world.clock.now(),
    });
  }
  return { UnprocessedAccounts: failed };
};

const getAdministratorAccount: Served<
  GetAdministratorAccountCommandInput,
  GetAdministratorAccountCommandOutput
> = (context) => {
  const found = callersAdministrator(context);
  return found === undefined ? {} : { Administrator: found };
};

const getMasterAccount: Served<object, GetMasterAccountCommandOutput> = (context) => {
  const found = callersAdministrator(context);
  return found === undefined ? {} : { Master: found };
};

function callersAdministrator(
  context: HandlerContext,
): { AccountId: string; MemberStatus: string } | undefined {
  const { world, caller, region } = context;
  callersHub(context);
  const organization = organizationWith(world, caller.account);
  if (organization === undefined) return undefined;
  const administrator = administratorIn(world, organization, region);
  if (administrator === undefined || administrator === caller.account) return undefined;
  const record = recordOf(context, organization, administrator, caller.account);
  return record?.status === "Enabled"
    ? { AccountId: administrator, MemberStatus: "Enabled" }
    : undefined;
}

/** Why an account cannot be made a member. */
function memberProblem(
  { world, caller, region }: HandlerContext,
  organization: OrganizationRecord,
  account: AccountId,
): string | undefined {
  if (account === caller.account) return "The administrator account cannot be its own member";
  if (!organization.accounts.has(account)) {
    return `Account ${account} is not a member of the organization`;
  }
  if (account === organization.managementAccountId && hubOf(world, account, region) === undefined) {
    return "Security Hub must be enabled in the organization management account before it can be added as a member";
  }
  if (!isRegionUsable(world, account, region)) {
    return `The Region ${region} is not enabled in account ${account}`;
  }
  return undefined;
}

/** The caller's member of that id: by its own record, a time of auto-enable or its central policy. */
function memberOf(
  context: HandlerContext,
  organization: OrganizationRecord,
  account: AccountId,
): MemberRecord | undefined {
  return recordOf(context, organization, context.caller.account, account);
}

function recordOf(
  { world, region }: HandlerContext,
  organization: OrganizationRecord,
  administrator: AccountId,
  account: AccountId,
): MemberRecord | undefined {
  if (account === administrator) return undefined;
  const record = memberRecord(world, organization, administrator, account, region);
  if (record !== undefined) return record;
  const policy = centralPolicyFor(world, organization, account, region);
  if (policy === undefined) return undefined;
  const joinedAt = organization.accounts.get(account)?.joinedAt ?? 0;
  return { status: "Enabled", updatedAt: joinedAt, standards: false };
}

function memberShape(
  { world, caller }: HandlerContext,
  account: AccountId,
  record: MemberRecord,
): Member {
  return {
    AccountId: account,
    Email: record.email ?? findAccount(world, account)?.email,
    MasterId: caller.account,
    AdministratorId: caller.account,
    MemberStatus: record.status,
    UpdatedAt: new Date(record.updatedAt),
  };
}

function checkBatch(size: number): void {
  const { members } = securityHubFacts.batchSizes;
  if (size < 1 || size > members) {
    throw invalidInput(`Invalid parameter 'AccountIds'. Data must hold 1 to ${members} accounts`);
  }
}

/** Operations on members. */
export const memberHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateMembers: createMembers,
  ListMembers: listMembers,
  GetMembers: getMembers,
  DisassociateMembers: disassociateMembers,
  DeleteMembers: deleteMembers,
  GetAdministratorAccount: getAdministratorAccount,
  GetMasterAccount: getMasterAccount,
};
