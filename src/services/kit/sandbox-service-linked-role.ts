import type { AccountId, RegionName } from "../../core/identifiers.ts";
import { serviceLinkedRoles } from "../../data/service-linked-roles.ts";
import type { AuthorizationTarget } from "../../sandbox/service.ts";
import type { World } from "../../sandbox/world.ts";
import { regionStatus } from "../account/sandbox/state.ts";
import { iamState, serviceLinkedRole } from "../iam/sandbox/state.ts";

/** Whether an account has the role that is linked to a service. */
export function hasServiceLinkedRole(world: World, account: AccountId, service: string): boolean {
  return iamState(world, account).roles.has(serviceLinkedRoles.names[service] ?? "");
}

/** Makes the role that is linked to a service, as services do when they are first used. */
export function ensureServiceLinkedRole(world: World, account: AccountId, service: string): void {
  if (hasServiceLinkedRole(world, account, service)) return;
  const role = serviceLinkedRole(account, service, world.clock.now());
  iamState(world, account).roles.set(role.name, role);
}

/**
 * What a request that makes a service-linked role asks of the authorizer besides; nothing when the
 * role is there already.
 */
export function serviceLinkedRoleTargets(
  world: World,
  account: AccountId,
  service: string,
): readonly AuthorizationTarget[] {
  if (hasServiceLinkedRole(world, account, service)) return [];
  const name = serviceLinkedRoles.names[service] ?? "";
  return [
    {
      action: "iam:CreateServiceLinkedRole",
      resource: `arn:aws:iam::${account}:role/aws-service-role/${service}/${name}`,
      context: { "iam:AWSServiceName": service },
    },
  ];
}

/** Whether an account can use a Region. */
export function isRegionUsable(world: World, account: AccountId, region: RegionName): boolean {
  const status = regionStatus(world, account, region);
  return status !== "DISABLED" && status !== "ENABLING";
}
