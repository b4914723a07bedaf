import type { AccountId } from "../core/identifiers.ts";
import type { Slot, World } from "./world.ts";

/** An AWS account as such, in an organization or not. */
export interface AccountRecord {
  readonly id: AccountId;
  name: string;
  email: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** A suspended or closed account: its principals can do nothing any more. */
  suspended: boolean;
  /** The role that AWS Organizations made in the account for its management account. */
  accessRole?: { readonly name: string; readonly trustedAccount: AccountId };
}

/** All accounts of the world. */
export const accountsSlot: Slot<{ byId: Map<AccountId, AccountRecord> }> = {
  name: "accounts",
  scope: "world",
  init: () => ({ byId: new Map() }),
};

/** What a new account is made of; `id` is drawn when it is absent. */
export interface NewAccount {
  readonly id?: AccountId;
  readonly name: string;
  readonly email: string;
  readonly createdAt?: number;
}

/** Opens an account. Throws when the id is taken. */
export function openAccount(world: World, account: NewAccount): AccountRecord {
  const { byId } = world.state(accountsSlot);
  let id = account.id;
  while (id === undefined || (account.id === undefined && byId.has(id))) {
    id = `${1 + Math.floor(world.random() * 9)}${world.newId(11, "0123456789")}`;
  }
  if (byId.has(id)) throw new Error(`account ${id} exists already`);
  const record: AccountRecord = {
    id,
    name: account.name,
    email: account.email,
    createdAt: account.createdAt ?? world.clock.now(),
    suspended: false,
  };
  byId.set(id, record);
  return record;
}

/** The account of that id; `undefined` when there is none. */
export function findAccount(world: World, id: AccountId): AccountRecord | undefined {
  return world.state(accountsSlot).byId.get(id);
}

/**
 * Notes the role that AWS Organizations makes in an account that it creates: with
 * `AdministratorAccess`, trusting the management account. IAM makes it out of this note. Does
 * nothing for an account that does not exist.
 */
export function createAccountIdentity(
  world: World,
  account: AccountId,
  roleName: string,
  managementAccount: AccountId,
): void {
  const record = findAccount(world, account);
  if (record !== undefined)
    record.accessRole = { name: roleName, trustedAccount: managementAccount };
}
