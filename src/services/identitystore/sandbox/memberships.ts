import type {
  CreateGroupMembershipCommandInput,
  CreateGroupMembershipCommandOutput,
  DeleteGroupMembershipCommandInput,
  DeleteGroupMembershipCommandOutput,
  IsMemberInGroupsCommandInput,
  IsMemberInGroupsCommandOutput,
  ListGroupMembershipsCommandInput,
  ListGroupMembershipsCommandOutput,
  ListGroupMembershipsForMemberCommandInput,
  ListGroupMembershipsForMemberCommandOutput,
  MemberId,
} from "@aws-sdk/client-identitystore";
import { duplicate, invalid, notFound } from "./errors.ts";
import { groupsOf, type IdentityStore, newIdentity, type Served } from "./state.ts";
import { groupOf, page, storeOf, userOf } from "./store.ts";

/** CreateGroupMembership. */
export const createGroupMembership: Served<
  CreateGroupMembershipCommandInput,
  CreateGroupMembershipCommandOutput
> = (context, input) => {
  const store = storeOf(context, input.IdentityStoreId);
  const { id: groupId } = groupOf(store, input.GroupId);
  const { id: userId } = userOf(store, userIdOf(input.MemberId));
  if (groupsOf(store, userId).includes(groupId)) throw duplicate("membership");
  const id = newIdentity(context.world);
  store.memberships.set(id, { groupId, userId });
  return { MembershipId: id, IdentityStoreId: store.id };
};

/** DeleteGroupMembership. */
export const deleteGroupMembership: Served<
  DeleteGroupMembershipCommandInput,
  DeleteGroupMembershipCommandOutput
> = (context, input) => {
  const store = storeOf(context, input.IdentityStoreId);
  const id = input.MembershipId ?? "";
  if (!store.memberships.delete(id)) throw notFound("GROUP_MEMBERSHIP", id);
  return {};
};

/** ListGroupMemberships. */
export const listGroupMemberships: Served<
  ListGroupMembershipsCommandInput,
  ListGroupMembershipsCommandOutput
> = (context, input) => {
  const store = storeOf(context, input.IdentityStoreId);
  const { id } = groupOf(store, input.GroupId);
  const { items, next } = page(membershipsWith(store, { groupId: id }), input, `members ${id}`);
  return { GroupMemberships: items, ...next };
};

/** ListGroupMembershipsForMember. */
export const listGroupMembershipsForMember: Served<
  ListGroupMembershipsForMemberCommandInput,
  ListGroupMembershipsForMemberCommandOutput
> = (context, input) => {
  const store = storeOf(context, input.IdentityStoreId);
  const { id } = userOf(store, userIdOf(input.MemberId));
  const { items, next } = page(membershipsWith(store, { userId: id }), input, `groups of ${id}`);
  return { GroupMemberships: items, ...next };
};

/** IsMemberInGroups. */
export const isMemberInGroups: Served<
  IsMemberInGroupsCommandInput,
  IsMemberInGroupsCommandOutput
> = (context, input) => {
  const store = storeOf(context, input.IdentityStoreId);
  const { id } = userOf(store, userIdOf(input.MemberId));
  const groups = groupsOf(store, id);
  return {
    Results: (input.GroupIds ?? []).map((GroupId) => ({
      GroupId: groupOf(store, GroupId).id,
      MemberId: { UserId: id },
      MembershipExists: groups.includes(GroupId),
    })),
  };
};

function userIdOf(member: MemberId | undefined): string {
  const id = member?.UserId;
  if (id === undefined) throw invalid("MemberId.UserId is required");
  return id;
}

function membershipsWith(
  store: IdentityStore,
  wanted: { readonly groupId?: string; readonly userId?: string },
): { IdentityStoreId: string; MembershipId: string; GroupId: string; MemberId: MemberId }[] {
  return [...store.memberships]
    .filter(
      ([, { groupId, userId }]) =>
        (wanted.groupId ?? groupId) === groupId && (wanted.userId ?? userId) === userId,
    )
    .map(([id, { groupId, userId }]) => ({
      IdentityStoreId: store.id,
      MembershipId: id,
      GroupId: groupId,
      MemberId: { UserId: userId },
    }));
}
