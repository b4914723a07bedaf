import type { AccountId } from "../../../core/identifiers.ts";
import type { World } from "../../../sandbox/world.ts";
import { addAccessKey } from "./access-keys.ts";
import { addUser } from "./users.ts";

/** An access key with its secret. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Makes a user `administrator` with `AdministratorAccess` in an account, and a key of its. */
export function createAdministrator(world: World, account: AccountId): AccessKey {
  const user = addUser(world, account, "administrator", "/");
  user.attachedPolicies.add("arn:aws:iam::aws:policy/AdministratorAccess");
  const { accessKeyId, secretAccessKey } = addAccessKey(world, account, user);
  return { accessKeyId, secretAccessKey };
}
