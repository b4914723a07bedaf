import type {
  AssociateMemberCommandInput,
  AssociateMemberCommandOutput,
  DisassociateMemberCommandInput,
  DisassociateMemberCommandOutput,
  GetMemberCommandInput,
  GetMemberCommandOutput,
  ListMembersCommandInput,
  ListMembersCommandOutput,
  Member,
} from "@aws-sdk/client-inspector2";
import { inspectorFacts } from "../../../data/inspector2-facts.ts";
import { type AnyHandler, type HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { pageOf } from "../../kit/sandbox-page.ts";
import { isRegionUsable } from "../../kit/sandbox-service-linked-role.ts";
import { administrationOf, associate, relationshipOf } from "./administration.ts";
import { accessDenied, invalid, notFound } from "./errors.ts";
import { ownAdministration } from "./organization.ts";
import type { Served } from "./served.ts";
import { type MemberRecord, regionState } from "./state.ts";

const associateMember: Served<AssociateMemberCommandInput, AssociateMemberCommandOutput> = (
  context,
  input,
) => {
  const { world, caller, region } = context;
  const account = validAccount(input.accountId);
  const own = ownAdministration(context, "associate member account");
  const organization = organizationWith(world, caller.account);
  const admin =
    organization === undefined ? undefined : administrationOf(world, organization, region);
  const isActive = organization?.accounts.get(account)?.state === "ACTIVE";
  if (admin === undefined || !isActive || account === caller.account) {
    throw accessDenied("associate member account");
  }
  if (!isRegionUsable(world, account, region)) {
    throw invalid(`The account ${account} has not enabled the Region ${region}.`);
  }
  const known = own.members?.get(account);
  if ((own.members?.size ?? 0) >= inspectorFacts.maxMembers && known === undefined) {
    throw new ServiceError(
      "ServiceQuotaExceededException",
      "The organization has reached the maximum number of member accounts.",
      { httpStatus: 402, members: { resourceId: account } },
    );
  }
  if (known === undefined || known.relationship === "REMOVED") {
    associate(world, admin, region, account);
  }
  return { accountId: account };
};

const disassociateMember: Served<
  DisassociateMemberCommandInput,
  DisassociateMemberCommandOutput
> = (context, input) => {
  const { world, region } = context;
  const account = validAccount(input.accountId);
  const own = ownAdministration(context, "disassociate member account");
  const member = own.members?.get(account);
  if (member === undefined || relationshipOf(member, world.clock.now()) === "REMOVED") {
    throw accessDenied("disassociate member account");
  }
  member.relationship = "REMOVED";
  member.updatedAt = world.clock.now();
  delete member.enabledAt;
  delete regionState(world, account, region).administrator;
  return { accountId: account };
};

const getMember: Served<GetMemberCommandInput, GetMemberCommandOutput> = (context, input) => {
  const own = ownAdministration(context, "get member account");
  const member = own.members?.get(validAccount(input.accountId));
  if (member === undefined) throw notFound("The account is not a member.");
  return { member: memberShape(context, member) };
};

const listMembers: Served<ListMembersCommandInput, ListMembersCommandOutput> = (context, input) => {
  const own = ownAdministration(context, "list member accounts");
  const now = context.world.clock.now();
  const all = input.onlyAssociated === false;
  const { memberPageSize: size } = inspectorFacts;
  const { items, nextToken } = pageOf(
    [...(own.members?.values() ?? [])].filter(
      (member) => all || relationshipOf(member, now) === "ENABLED",
    ),
    { maxResults: input.maxResults, token: input.nextToken },
    {
      list: `members ${all}`,
      defaultSize: size,
      maxSize: size,
      invalid: (name) => invalid(`Invalid ${name}.`),
    },
  );
  return {
    members: items.map((member) => memberShape(context, member)),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
};

function memberShape({ world, caller }: HandlerContext, member: MemberRecord): Member {
  return {
    accountId: member.account,
    relationshipStatus: relationshipOf(member, world.clock.now()),
    delegatedAdminAccountId: caller.account,
    updatedAt: new Date(member.updatedAt),
  };
}

function validAccount(id: string | undefined): string {
  if (!/^\d{12}$/.test(id ?? "")) throw invalid("Invalid account ID.");
  return id ?? "";
}

/** Operations on members. */
export const memberHandlers: Readonly<Record<string, AnyHandler>> = {
  AssociateMember: associateMember,
  DisassociateMember: disassociateMember,
  GetMember: getMember,
  ListMembers: listMembers,
};
