import type { OuPath } from "../core/desired.ts";
import { ouPathKey } from "../core/desired.ts";
import type { Address } from "../core/plan.ts";

/** Address of the root. */
export const rootAddress: Address = "root";

/** Address of the organization's resource policy. */
export const resourcePolicyAddress: Address = "resourcePolicy";

/** Address of the unit at a path; the empty path is the root's. */
export function unitAddress(path: OuPath): Address {
  return path.length === 0 ? rootAddress : `organizationalUnit:${ouPathKey(path)}`;
}

/** Address of an account by its name. */
export function accountAddress(name: string): Address {
  return `account:${name}`;
}

/** Address of a policy by type and name. */
export function policyAddress(type: string, name: string): Address {
  return `policy:${type}/${name}`;
}

/** Address of a policy's attachment to the target of an address. */
export function attachmentAddress(policy: Address, target: Address): Address {
  return `attachment:${policy.slice("policy:".length)}@${target}`;
}

/** Address of a policy type. */
export function policyTypeAddress(type: string): Address {
  return `policyType:${type}`;
}

/** Address of a service's trusted access. */
export function trustedAccessAddress(servicePrincipal: string): Address {
  return `trustedAccess:${servicePrincipal}`;
}

/** Address of an account's delegated administration of a service. */
export function delegatedAdministratorAddress(servicePrincipal: string, account: string): Address {
  return `delegatedAdministrator:${servicePrincipal}/${account}`;
}
