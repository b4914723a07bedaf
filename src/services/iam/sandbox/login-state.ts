import { findAccount } from "../../../sandbox/accounts.ts";
import type { HandlerContext } from "../../../sandbox/service.ts";
import type { World } from "../../../sandbox/world.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { noSuchEntity } from "./errors.ts";
import { iamState, type LoginRecord } from "./state.ts";

/** The name under which the root user's credentials are kept. */
export const rootName = "";

/**
 * What a user, or by {@link rootName} the root user, signs in with. A root user has a password,
 * which nobody may know, unless its account was made under centralized root access.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html#id_root-user-access-management
 */
export function loginOf(world: World, account: string, name: string): LoginRecord {
  const { logins } = iamState(world, account);
  let login = logins.get(name);
  if (login === undefined) {
    const createdAt = findAccount(world, account)?.createdAt ?? 0;
    login = { accessKeyIds: [], mfaDevices: new Map(), certificates: new Map() };
    if (name === rootName && !isMadeWithoutRoot(world, account, createdAt)) {
      login.passwordSetAt = createdAt;
    }
    logins.set(name, login);
  }
  return login;
}

function isMadeWithoutRoot(world: World, account: string, createdAt: number): boolean {
  const management = organizationWith(world, account)?.managementAccountId;
  if (management === undefined || management === account) return false;
  const { organizationFeatures, rootManagementSince } = iamState(world, management);
  return (
    organizationFeatures.has("RootCredentialsManagement") &&
    rootManagementSince !== undefined &&
    rootManagementSince <= createdAt
  );
}

/** Whose credentials an input is about: a user by name, else the caller. */
export function loginName({ world, caller }: HandlerContext, name: string | undefined): string {
  if (name === undefined && caller.principalArn.endsWith(":root")) return rootName;
  const own = /:user\/(?:.*\/)?([^/]+)$/.exec(caller.principalArn)?.[1];
  const wanted = name ?? own ?? "";
  if (iamState(world, caller.account).users.has(wanted)) return wanted;
  throw noSuchEntity(
    name === undefined
      ? "Must specify userName when calling with non-User credentials"
      : `The user with name ${name} cannot be found.`,
  );
}
