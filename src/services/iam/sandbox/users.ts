import type {
  CreateUserCommandInput,
  CreateUserCommandOutput,
  DeleteUserCommandInput,
  DeleteUserCommandOutput,
  GetUserCommandInput,
  GetUserCommandOutput,
  ListUsersCommandInput,
  ListUsersCommandOutput,
  User,
} from "@aws-sdk/client-iam";
import type { AnyHandler } from "../../../sandbox/service.ts";
import type { World } from "../../../sandbox/world.ts";
import { alreadyExists, deleteConflict, noSuchEntity, validName, validPath } from "./errors.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { stableId } from "./stable-id.ts";
import { type IamState, iamState, type UserRecord } from "./state.ts";
import { setTags, tagList } from "./tags.ts";

/** The user of that name. Throws `NoSuchEntity`. */
export function findUser(state: IamState, name: string | undefined): UserRecord {
  const user = state.users.get(name ?? "");
  if (user === undefined) throw noSuchEntity(`The user with name ${name} cannot be found.`);
  return user;
}

/** Adds a user to an account. */
export function addUser(world: World, account: string, name: string, path: string): UserRecord {
  const createdAt = world.clock.now();
  const user: UserRecord = {
    id: stableId("AIDA", `${account}/user/${name}/${createdAt}`),
    name,
    path,
    arn: `arn:aws:iam::${account}:user${path}${name}`,
    createdAt,
    inlinePolicies: new Map(),
    attachedPolicies: new Set(),
    tags: new Map(),
    accessKeyIds: [],
  };
  iamState(world, account).users.set(name, user);
  return user;
}

function userShape(user: UserRecord): User {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: user.arn,
    CreateDate: new Date(user.createdAt),
    ...(user.tags.size === 0 ? {} : { Tags: tagList(user.tags) }),
  };
}

const createUser: Served<CreateUserCommandInput, CreateUserCommandOutput> = (context, input) => {
  const { world, caller } = context;
  const name = validName(input.UserName, "userName", 64);
  const path = validPath(input.Path);
  const { users } = iamState(world, caller.account);
  const taken = [...users.keys()].some((other) => other.toLowerCase() === name.toLowerCase());
  if (taken) throw alreadyExists("User", name);
  const user = addUser(world, caller.account, name, path);
  setTags(user.tags, input.Tags);
  return { User: userShape(user) };
};

const getUser: Served<GetUserCommandInput, GetUserCommandOutput> = ({ world, caller }, input) => {
  const state = iamState(world, caller.account);
  if (input.UserName !== undefined) return { User: userShape(findUser(state, input.UserName)) };
  if (caller.principalArn.endsWith(":root")) {
    return {
      User: {
        Path: "/",
        UserName: "",
        UserId: caller.account,
        Arn: caller.principalArn,
        CreateDate: new Date(0),
      },
    };
  }
  const name = /:user\/(?:.*\/)?([^/]+)$/.exec(caller.principalArn)?.[1];
  if (name === undefined)
    throw noSuchEntity("Must specify userName when calling with non-User credentials");
  return { User: userShape(findUser(state, name)) };
};

const listUsers: Served<ListUsersCommandInput, ListUsersCommandOutput> = (context, input) => {
  const { users } = iamState(context.world, context.caller.account);
  const prefix = input.PathPrefix ?? "/";
  const found = [...users.values()]
    .filter((user) => user.path.startsWith(prefix))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, ...rest } = page(found, input);
  return { Users: items.map(userShape).map(({ Tags, ...user }) => user), ...rest };
};

const deleteUser: Served<DeleteUserCommandInput, DeleteUserCommandOutput> = (context, input) => {
  const state = iamState(context.world, context.caller.account);
  const user = findUser(state, input.UserName);
  if (user.accessKeyIds.length > 0) {
    throw deleteConflict("Cannot delete entity, must delete access keys first.");
  }
  if (user.attachedPolicies.size > 0) {
    throw deleteConflict("Cannot delete entity, must detach all policies first.");
  }
  if (user.inlinePolicies.size > 0) {
    throw deleteConflict("Cannot delete entity, must delete policies first.");
  }
  state.users.delete(user.name);
  return {};
};

/** Operations on users. */
export const userHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateUser: createUser,
  GetUser: getUser,
  ListUsers: listUsers,
  DeleteUser: deleteUser,
};
