import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import type { Handler } from "../../../sandbox/service.ts";
import type { Slot, World } from "../../../sandbox/world.ts";

/** A handler of an SDK command: its input to its output without metadata. */
export type Served<Input, Output> = Handler<Input, Omit<Output, "$metadata">>;

/** A group. */
export interface GroupRecord {
  readonly id: string;
  displayName: string;
  description?: string;
}

/** A user; members beside the user name are kept as the SDK has them. */
export interface UserRecord {
  readonly id: string;
  userName: string;
  /** `Name`, `DisplayName`, `Emails` and whatever else was given. */
  attributes: Record<string, unknown>;
}

/** Users and groups of one instance of IAM Identity Center. */
export interface IdentityStore {
  readonly id: string;
  /** The account that owns the instance. */
  readonly ownerAccount: AccountId;
  readonly region: RegionName;
  readonly groups: Map<string, GroupRecord>;
  readonly users: Map<string, UserRecord>;
  /** By membership id. */
  readonly memberships: Map<string, { readonly groupId: string; readonly userId: string }>;
}

const slot: Slot<{ byId: Map<string, IdentityStore> }> = {
  name: "identitystore",
  scope: "world",
  init: () => ({ byId: new Map() }),
};

/** All identity stores, by id. */
export function identityStores(world: World): Map<string, IdentityStore> {
  return world.state(slot).byId;
}

/** Makes an empty identity store, as an instance of IAM Identity Center comes with one. */
export function createIdentityStore(
  world: World,
  ownerAccount: AccountId,
  region: RegionName,
): IdentityStore {
  const store: IdentityStore = {
    id: `d-${world.newId(10, hexadecimal)}`,
    ownerAccount,
    region,
    groups: new Map(),
    users: new Map(),
    memberships: new Map(),
  };
  identityStores(world).set(store.id, store);
  return store;
}

/** Ids of the groups that a user is in. */
export function groupsOf(store: IdentityStore, userId: string): readonly string[] {
  return [...store.memberships.values()]
    .filter((membership) => membership.userId === userId)
    .map(({ groupId }) => groupId);
}

const hexadecimal = "0123456789abcdef";

/** A new id of a user, group or membership. */
export function newIdentity(world: World): string {
  return [8, 4, 4, 4, 12].map((length) => world.newId(length, hexadecimal)).join("-");
}
