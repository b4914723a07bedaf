import type {
  CreateUserCommandInput,
  CreateUserCommandOutput,
  DeleteUserCommandInput,
  DeleteUserCommandOutput,
  DescribeUserCommandInput,
  DescribeUserCommandOutput,
  GetUserIdCommandInput,
  GetUserIdCommandOutput,
  ListUsersCommandInput,
  ListUsersCommandOutput,
} from "@aws-sdk/client-identitystore";
import { identityCenterFacts } from "../../../data/identity-center.ts";
import { duplicate, invalid, notFound } from "./errors.ts";
import { type IdentityStore, newIdentity, type Served, type UserRecord } from "./state.ts";
import { filterValue, page, storeOf, uniqueAttribute, userOf } from "./store.ts";

/** CreateUser. */
export const createUser: Served<CreateUserCommandInput, CreateUserCommandOutput> = (
  context,
  input,
) => {
  const store = storeOf(context, input.IdentityStoreId);
  const { IdentityStoreId: _, UserName: userName = "", ...attributes } = input;
  if (userName === "") throw invalid("UserName is required");
  if (attributes.DisplayName === undefined || attributes.Name === undefined) {
    throw invalid("DisplayName, Name.GivenName and Name.FamilyName are required");
  }
  if (identityCenterFacts.reservedNames.includes(userName))
    throw invalid(`${userName} is reserved`);
  if (find(store, userName) !== undefined) throw duplicate("UserName");
  const id = newIdentity(context.world);
  store.users.set(id, { id, userName, attributes });
  return { UserId: id, IdentityStoreId: store.id };
};

/** DescribeUser. */
export const describeUser: Served<DescribeUserCommandInput, DescribeUserCommandOutput> = (
  context,
  input,
) => {
  const store = storeOf(context, input.IdentityStoreId);
  return userOutput(store, userOf(store, input.UserId));
};

/** ListUsers. */
export const listUsers: Served<ListUsersCommandInput, ListUsersCommandOutput> = (
  context,
  input,
) => {
  const store = storeOf(context, input.IdentityStoreId);
  const name = filterValue(input.Filters, "UserName");
  const all = [...store.users.values()].filter(
    ({ userName }) => name === undefined || userName === name,
  );
  const { items, next } = page(all, input, `users ${name ?? ""}`);
  return { Users: items.map((user) => userOutput(store, user)), ...next };
};

/** GetUserId, by user name or e-mail address. */
export const getUserId: Served<GetUserIdCommandInput, GetUserIdCommandOutput> = (
  context,
  input,
) => {
  const store = storeOf(context, input.IdentityStoreId);
  const { path, value } = uniqueAttribute(input.AlternateIdentifier, "userName", "emails.value");
  const user =
    path === "userName"
      ? find(store, value)
      : [...store.users.values()].find(({ attributes }) =>
          (attributes.Emails as { Value?: string }[] | undefined)?.some(
            (email) => email.Value?.toLowerCase() === value.toLowerCase(),
          ),
        );
  if (user === undefined) throw notFound("USER", value);
  return { UserId: user.id, IdentityStoreId: store.id };
};

/** DeleteUser, with the memberships. */
export const deleteUser: Served<DeleteUserCommandInput, DeleteUserCommandOutput> = (
  context,
  input,
) => {
  const store = storeOf(context, input.IdentityStoreId);
  const { id } = userOf(store, input.UserId);
  store.users.delete(id);
  for (const [membership, { userId }] of store.memberships) {
    if (userId === id) store.memberships.delete(membership);
  }
  return {};
};

function find(store: IdentityStore, name: string): UserRecord | undefined {
  const wanted = name.toLowerCase();
  return [...store.users.values()].find(({ userName }) => userName.toLowerCase() === wanted);
}

function userOutput(
  store: IdentityStore,
  { id, userName, attributes }: UserRecord,
): { UserId: string; IdentityStoreId: string; UserName: string } {
  return { ...attributes, UserId: id, IdentityStoreId: store.id, UserName: userName };
}
