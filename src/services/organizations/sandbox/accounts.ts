import type {
  Account,
  AccountStatus,
  CloseAccountCommandInput,
  CloseAccountCommandOutput,
  DescribeAccountCommandInput,
  DescribeAccountCommandOutput,
  LeaveOrganizationCommandInput,
  LeaveOrganizationCommandOutput,
  ListAccountsCommandInput,
  ListAccountsCommandOutput,
  ListAccountsForParentCommandInput,
  ListAccountsForParentCommandOutput,
  MoveAccountCommandInput,
  MoveAccountCommandOutput,
  RemoveAccountFromOrganizationCommandInput,
  RemoveAccountFromOrganizationCommandOutput,
} from "@aws-sdk/client-organizations";
import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import { findAccount } from "../../../sandbox/accounts.ts";
import { ServiceError } from "../../../sandbox/service.ts";
import type { World } from "../../../sandbox/world.ts";
import type { Call } from "./access.ts";
import { allFeaturesNeeded, constraintViolation, failure } from "./errors.ts";
import { childrenOf, moveMember, removeMember } from "./model.ts";
import { isParent, pathOf, targetArn } from "./names.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { dayMs, schedule, settle } from "./settle.ts";
import type { MemberRecord, OrganizationRecord, OrganizationsState } from "./state.ts";
import { findParent } from "./units.ts";
import { identifier } from "./validate.ts";

/** DescribeAccount. */
export function describeAccount(
  { organization, world }: Call,
  input: DescribeAccountCommandInput,
): Served<DescribeAccountCommandOutput> {
  return { Account: accountOutput(world, organization, findMember(organization, input.AccountId)) };
}

/** ListAccounts. */
export function listAccounts(
  call: Call,
  input: ListAccountsCommandInput,
): Served<ListAccountsCommandOutput> {
  const { organization, world } = call;
  const { items, ...rest } = page(call, call.operation, organization.accountOrder, input, (id) =>
    accountOutput(world, organization, findMember(organization, id)),
  );
  return { Accounts: items, ...rest };
}

/** ListAccountsForParent: only the accounts directly below. */
export function listAccountsForParent(
  call: Call,
  input: ListAccountsForParentCommandInput,
): Served<ListAccountsForParentCommandOutput> {
  const { organization, world } = call;
  const parentId = findParent(organization, input.ParentId);
  const ids = childrenOf(organization, parentId).accounts;
  const { items, ...rest } = page(call, `${call.operation} ${parentId}`, ids, input, (id) =>
    accountOutput(world, organization, findMember(organization, id)),
  );
  return { Accounts: items, ...rest };
}

/** MoveAccount. */
export function moveAccount(
  { organization, state }: Call,
  input: MoveAccountCommandInput,
): Served<MoveAccountCommandOutput> {
  const accountId = identifier(input.AccountId, "account");
  const sourceId = identifier(input.SourceParentId, "parent");
  const destinationId = identifier(input.DestinationParentId, "parent");
  const member = findMember(organization, accountId);
  if (!isParent(organization, sourceId) || member.parentId !== sourceId) {
    throw failure("SourceParentNotFoundException");
  }
  if (!isParent(organization, destinationId)) throw failure("DestinationParentNotFoundException");
  if (destinationId === sourceId) throw failure("DuplicateAccountException");
  moveMember(state, organization, member, destinationId);
  return {};
}

/**
 * CloseAccount: `PENDING_CLOSURE` at once, `CLOSED` when it is done (`SUSPENDED` as `Status` has
 * it), out of the organization when the post-closure period is over.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html
 */
export function closeAccount(
  { organization, state, now }: Call,
  input: CloseAccountCommandInput,
): Served<CloseAccountCommandOutput> {
  const accountId = identifier(input.AccountId, "account");
  if (organization.featureSet !== "ALL") throw allFeaturesNeeded();
  const member = findMember(organization, accountId);
  if (accountId === organization.managementAccountId) {
    throw constraintViolation(
      "CANNOT_CLOSE_MANAGEMENT_ACCOUNT",
      "You can't close the management account of your organization.",
    );
  }
  if (member.state === "CLOSED" || member.state === "SUSPENDED") {
    throw failure("AccountAlreadyClosedException");
  }
  if (member.state === "PENDING_CLOSURE") {
    throw new ServiceError(
      "ConflictException",
      "The request failed because it conflicts with the current state of the specified resource.",
    );
  }
  checkClosureQuotas(organization, now);
  member.state = "PENDING_CLOSURE";
  state.membershipVersion += 1;
  organization.closures.push(now);
  const at = now + state.options.accountClosureMs;
  schedule(state, { at, kind: "closure", organizationId: organization.id, id: accountId });
  return {};
}

/** RemoveAccountFromOrganization. */
export function removeAccountFromOrganization(
  call: Call,
  input: RemoveAccountFromOrganizationCommandInput,
): Served<RemoveAccountFromOrganizationCommandOutput> {
  const { organization, state, now } = call;
  depart(state, organization, findMember(organization, input.AccountId), now);
  return {};
}

/** LeaveOrganization: the caller's own account leaves. */
export function leaveOrganization(
  call: Call,
  _input: LeaveOrganizationCommandInput,
): Served<LeaveOrganizationCommandOutput> {
  const { organization, state, now } = call;
  depart(state, organization, findMember(organization, call.caller.account), now);
  return {};
}

/**
 * Gives a created account what it takes to leave its organization: payment method, contact data,
 * support plan. In AWS its owner does that by hand.
 */
export function makeStandalone(world: World, account: string): void {
  const state = settle(world);
  const organization = state.organizations.get(state.membership.get(account) ?? "");
  const member = organization?.accounts.get(account);
  if (member !== undefined) member.standalone = true;
}

/** An account as the operations give it, its state in both shapes. */
export function accountOutput(
  world: World,
  organization: OrganizationRecord,
  member: MemberRecord,
): Account {
  const account = findAccount(world, member.id);
  return {
    Id: member.id,
    Arn: targetArn(organization, member.id),
    Email: account?.email ?? "",
    Name: account?.name ?? "",
    Status: accountStatus(member.state),
    State: member.state,
    Paths: [pathOf(organization, member.id)],
    JoinedMethod: member.joinedMethod,
    JoinedTimestamp: new Date(member.joinedAt),
  };
}

/** A state in the words of the older `Status`. */
export function accountStatus(state: MemberRecord["state"]): AccountStatus {
  if (state === "ACTIVE" || state === "PENDING_CLOSURE") return state;
  return "SUSPENDED";
}

/** The account of that id in the organization. */
export function findMember(organization: OrganizationRecord, id: string | undefined): MemberRecord {
  const member = organization.accounts.get(identifier(id, "account"));
  if (member === undefined) throw failure("AccountNotFoundException");
  return member;
}

function checkClosureQuotas(organization: OrganizationRecord, now: number): void {
  const quota = organizationsQuotas.accountClosures;
  const members = [...organization.accounts.values()];
  const pending = members.filter((member) => member.state === "PENDING_CLOSURE").length;
  if (pending >= quota.concurrent) {
    throw constraintViolation(
      "CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED",
      "You have exceeded the number of accounts that you can close at a time.",
    );
  }
  const since = now - quota.windowDays * dayMs;
  const closed = organization.closures.filter((at) => at > since).length;
  const share = Math.floor((members.length - 1) * quota.shareOfMembers);
  if (closed >= Math.min(quota.maximum, Math.max(quota.minimum, share))) {
    throw constraintViolation(
      "CLOSE_ACCOUNT_QUOTA_EXCEEDED",
      "You have exceeded close account quota for the past 30 days.",
    );
  }
}

/** Takes an account out of its organization, if it may go. */
export function depart(
  state: OrganizationsState,
  organization: OrganizationRecord,
  member: MemberRecord,
  now: number,
): void {
  if (member.id === organization.managementAccountId) {
    throw failure("MasterCannotLeaveOrganizationException");
  }
  if (organization.delegatedAdministrators.has(member.id)) {
    throw constraintViolation(
      "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG",
      "You can't remove an account that is registered as a delegated administrator for a service " +
        "integrated with your organization. You must first deregister this account as a " +
        "delegated administrator.",
    );
  }
  const ageDays = (now - member.joinedAt) / dayMs;
  if (
    member.joinedMethod === "CREATED" &&
    ageDays < organizationsQuotas.createdAccountMinimumAgeDays
  ) {
    throw constraintViolation(
      "WAIT_PERIOD_ACTIVE",
      "This operation requires a wait period. Try again later.",
    );
  }
  if (!member.standalone) {
    throw constraintViolation(
      "MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED",
      "To complete this operation with this member account, you first must associate a valid " +
        "payment instrument, such as a credit card, with the account.",
    );
  }
  removeMember(state, organization, member);
}
