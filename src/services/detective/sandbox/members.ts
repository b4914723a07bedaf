import type {
  AcceptInvitationCommandInput,
  AcceptInvitationCommandOutput,
  CreateMembersCommandInput,
  CreateMembersCommandOutput,
  DeleteMembersCommandInput,
  DeleteMembersCommandOutput,
  DisassociateMembershipCommandInput,
  DisassociateMembershipCommandOutput,
  GetMembersCommandInput,
  GetMembersCommandOutput,
  ListInvitationsCommandInput,
  ListInvitationsCommandOutput,
  ListMembersCommandInput,
  ListMembersCommandOutput,
  MemberDetail,
  RejectInvitationCommandInput,
  RejectInvitationCommandOutput,
  UnprocessedAccount,
} from "@aws-sdk/client-detective";
import { detectiveFacts } from "../../../data/detective-facts.ts";
import { findAccount } from "../../../sandbox/accounts.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { pageOf } from "../../kit/sandbox-page.ts";
import { administrationOf, enrol, settledState } from "./administration.ts";
import { accessDenied, conflict, invalid, notFound } from "./errors.ts";
import { ownGraph } from "./graphs.ts";
import type { Served } from "./served.ts";
import { type GraphRecord, type MemberRecord, regionState } from "./state.ts";

const createMembers: Served<CreateMembersCommandInput, CreateMembersCommandOutput> = (
  context,
  input,
) => {
  const { world, caller, region } = context;
  const graph = ownGraph(context, input.GraphArn);
  const accounts = input.Accounts ?? [];
  validBatch(accounts.map(({ AccountId }) => AccountId));
  const organization = organizationWith(world, caller.account);
  const admin =
    organization === undefined ? undefined : administrationOf(world, organization, region);
  const Members: MemberDetail[] = [];
  const UnprocessedAccounts: UnprocessedAccount[] = [];
  for (const { AccountId = "", EmailAddress = "" } of accounts) {
    const isInside = admin?.account === caller.account && organization?.accounts.has(AccountId);
    const reason =
      AccountId === caller.account
        ? "The administrator account cannot be a member of its behavior graph."
        : isInside === true && admin !== undefined
          ? enrol(world, admin, graph, region, AccountId)
          : invite(context, graph, AccountId, EmailAddress);
    const member = graph.members.get(AccountId);
    if (reason === undefined && member !== undefined) {
      Members.push(memberShape(caller.account, graph, member));
    } else UnprocessedAccounts.push({ AccountId, Reason: reason });
  }
  return { Members, UnprocessedAccounts };
};

const deleteMembers: Served<DeleteMembersCommandInput, DeleteMembersCommandOutput> = (
  context,
  input,
) => {
  const { world, caller, region } = context;
  const graph = ownGraph(context, input.GraphArn);
  const AccountIds: string[] = [];
  const UnprocessedAccounts: UnprocessedAccount[] = [];
  for (const id of validBatch(input.AccountIds)) {
    if (graph.members.delete(id)) {
      regionState(world, id, region).memberships?.delete(caller.account);
      AccountIds.push(id);
    } else UnprocessedAccounts.push({ AccountId: id, Reason: notMember });
  }
  return { AccountIds, UnprocessedAccounts };
};

const getMembers: Served<GetMembersCommandInput, GetMembersCommandOutput> = (context, input) => {
  const graph = ownGraph(context, input.GraphArn);
  const ids = validBatch(input.AccountIds);
  const found = ids.flatMap((id) => graph.members.get(id) ?? []);
  return {
    MemberDetails: found.map((member) => memberShape(context.caller.account, graph, member)),
    UnprocessedAccounts: ids
      .filter((id) => !graph.members.has(id))
      .map((AccountId) => ({ AccountId, Reason: notMember })),
  };
};

const listMembers: Served<ListMembersCommandInput, ListMembersCommandOutput> = (context, input) => {
  const graph = ownGraph(context, input.GraphArn);
  const { pageSize } = detectiveFacts;
  const { items, nextToken } = pageOf(
    [...graph.members.values()],
    { maxResults: input.MaxResults, token: input.NextToken },
    {
      list: "members",
      defaultSize: pageSize,
      maxSize: pageSize,
      invalid: () => invalid("Invalid page size or token."),
    },
  );
  return {
    MemberDetails: items.map((member) => memberShape(context.caller.account, graph, member)),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
};

const listInvitations: Served<ListInvitationsCommandInput, ListInvitationsCommandOutput> = ({
  world,
  caller,
  region,
}) => ({
  Invitations: [...(settledState(world, caller.account, region).memberships ?? [])].flatMap(
    (administrator) => {
      const { graph } = settledState(world, administrator, region);
      const member = graph?.members.get(caller.account);
      if (graph === undefined || member === undefined) return [];
      return [memberShape(administrator, graph, member)];
    },
  ),
});

const acceptInvitation: Served<AcceptInvitationCommandInput, AcceptInvitationCommandOutput> = (
  context,
  input,
) => {
  const { member } = invitation(context, input.GraphArn);
  if (member.status !== "INVITED") throw conflict("The invitation was accepted already.");
  member.status = "ENABLED";
  member.updatedAt = context.world.clock.now();
  return {};
};

const leaveGraph: Served<
  DisassociateMembershipCommandInput,
  DisassociateMembershipCommandOutput & RejectInvitationCommandOutput
> = (context, input: RejectInvitationCommandInput) => {
  const { graph, member, administrator } = invitation(context, input.GraphArn);
  if (member.how === "ORGANIZATION") {
    throw accessDenied("Organization accounts cannot leave the organization behavior graph.");
  }
  graph.members.delete(member.account);
  const { world, caller, region } = context;
  regionState(world, caller.account, region).memberships?.delete(administrator);
  return {};
};

const notMember = "The account is not a member of the behavior graph.";

function invite(
  { world, caller, region }: HandlerContext,
  graph: GraphRecord,
  account: string,
  email: string,
): string | undefined {
  if (graph.members.has(account)) return "The account is already a member of the behavior graph.";
  const now = world.clock.now();
  const isRight = findAccount(world, account)?.email.toLowerCase() === email.toLowerCase();
  graph.members.set(account, {
    account,
    email,
    how: "INVITATION",
    status: isRight ? "INVITED" : "VERIFICATION_FAILED",
    invitedAt: now,
    updatedAt: now,
  });
  if (isRight) {
    const state = regionState(world, account, region);
    state.memberships ??= new Set();
    state.memberships.add(caller.account);
  }
  return undefined;
}

function invitation(
  { world, caller, region }: HandlerContext,
  arn: string | undefined,
): { readonly graph: GraphRecord; readonly member: MemberRecord; readonly administrator: string } {
  for (const administrator of settledState(world, caller.account, region).memberships ?? []) {
    const { graph } = settledState(world, administrator, region);
    const member = graph?.members.get(caller.account);
    if (graph?.arn === arn && graph !== undefined && member !== undefined) {
      return { graph, member, administrator };
    }
  }
  throw notFound("The account has no invitation to the behavior graph.");
}

function validBatch(ids: readonly (string | undefined)[] | undefined): string[] {
  const given = ids ?? [];
  const isValid = given.length >= 1 && given.length <= detectiveFacts.batchSize;
  if (!isValid || given.some((id) => !/^\d{12}$/.test(id ?? "")))
    throw invalid("Invalid account IDs.");
  return given.map((id) => id ?? "");
}

function memberShape(
  administrator: string,
  graph: GraphRecord,
  member: MemberRecord,
): MemberDetail {
  return {
    AccountId: member.account,
    EmailAddress: member.email,
    GraphArn: graph.arn,
    MasterId: administrator,
    AdministratorId: administrator,
    Status: member.status,
    InvitedTime: new Date(member.invitedAt),
    UpdatedTime: new Date(member.updatedAt),
    InvitationType: member.how,
  };
}

/** Operations on members, from both sides. */
export const memberHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateMembers: createMembers,
  DeleteMembers: deleteMembers,
  GetMembers: getMembers,
  ListMembers: listMembers,
  ListInvitations: listInvitations,
  AcceptInvitation: acceptInvitation,
  RejectInvitation: leaveGraph,
  DisassociateMembership: leaveGraph,
};
