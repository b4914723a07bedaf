import type {
  CreateGroupCommandInput,
  CreateGroupCommandOutput,
  DeleteGroupCommandInput,
  DeleteGroupCommandOutput,
  DescribeGroupCommandInput,
  DescribeGroupCommandOutput,
  GetGroupIdCommandInput,
  GetGroupIdCommandOutput,
  ListGroupsCommandInput,
  ListGroupsCommandOutput,
} from "@aws-sdk/client-identitystore";
import { identityCenterFacts } from "../../../data/identity-center.ts";
import { duplicate, invalid, notFound } from "./errors.ts";
import { type GroupRecord, type IdentityStore, newIdentity, type Served } from "./state.ts";
import { filterValue, groupOf, page, storeOf, uniqueAttribute } from "./store.ts";

/** CreateGroup. */
export const createGroup: Served<CreateGroupCommandInput, CreateGroupCommandOutput> = (
  context,
  input,
) => {
  const store = storeOf(context, input.IdentityStoreId);
  const displayName = input.DisplayName ?? "";
  if (displayName === "") throw invalid("DisplayName is required");
  if (identityCenterFacts.reservedNames.includes(displayName)) {
    throw invalid(`${displayName} is reserved`);
  }
  if (findGroup(store, displayName) !== undefined) throw duplicate("GroupDisplayName");
  const id = newIdentity(context.world);
  const { Description: description } = input;
  store.groups.set(id, {
    id,
    displayName,
    ...(description === undefined ? {} : { description }),
  });
  return { GroupId: id, IdentityStoreId: store.id };
};

/** DescribeGroup. */
export const describeGroup: Served<DescribeGroupCommandInput, DescribeGroupCommandOutput> = (
  context,
  input,
) => {
  const store = storeOf(context, input.IdentityStoreId);
  return groupOutput(store, groupOf(store, input.GroupId));
};

/** ListGroups. */
export const listGroups: Served<ListGroupsCommandInput, ListGroupsCommandOutput> = (
  context,
  input,
) => {
  const store = storeOf(context, input.IdentityStoreId);
  const name = filterValue(input.Filters, "DisplayName");
  const all = [...store.groups.values()].filter(
    ({ displayName }) => name === undefined || displayName === name,
  );
  const { items, next } = page(all, input, `groups ${name ?? ""}`);
  return { Groups: items.map((group) => groupOutput(store, group)), ...next };
};

/** GetGroupId. */
export const getGroupId: Served<GetGroupIdCommandInput, GetGroupIdCommandOutput> = (
  context,
  input,
) => {
  const store = storeOf(context, input.IdentityStoreId);
  const { value } = uniqueAttribute(input.AlternateIdentifier, "displayName");
  const group = findGroup(store, value);
  if (group === undefined) throw notFound("GROUP", value);
  return { GroupId: group.id, IdentityStoreId: store.id };
};

/** DeleteGroup, with its memberships. Assignments to accounts stay, of a principal that is gone. */
export const deleteGroup: Served<DeleteGroupCommandInput, DeleteGroupCommandOutput> = (
  context,
  input,
) => {
  const store = storeOf(context, input.IdentityStoreId);
  const { id } = groupOf(store, input.GroupId);
  store.groups.delete(id);
  for (const [membership, { groupId }] of store.memberships) {
    if (groupId === id) store.memberships.delete(membership);
  }
  return {};
};

function findGroup(store: IdentityStore, name: string): GroupRecord | undefined {
  const wanted = name.toLowerCase();
  return [...store.groups.values()].find(({ displayName }) => displayName.toLowerCase() === wanted);
}

function groupOutput(
  store: IdentityStore,
  { id, displayName, description }: GroupRecord,
): { GroupId: string; IdentityStoreId: string; DisplayName: string; Description?: string } {
  return {
    GroupId: id,
    IdentityStoreId: store.id,
    DisplayName: displayName,
    ...(description === undefined ? {} : { Description: description }),
  };
}
