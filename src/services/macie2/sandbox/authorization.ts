import type { AuthorizationTarget, HandlerContext } from "../../../sandbox/service.ts";
import { serviceLinkedRoleTargets } from "../../kit/sandbox-service-linked-role.ts";
import { maciePrincipal } from "./organization.ts";

/** Macie's actions, resources and condition keys of a request. */
export function macieAuthorization(
  { world, caller }: HandlerContext,
  operation: string,
): readonly AuthorizationTarget[] {
  const own = { action: `macie2:${operation}`, resource: "*" };
  if (operation === "EnableMacie") {
    return [own, ...serviceLinkedRoleTargets(world, caller.account, maciePrincipal)];
  }
  if (operation === "EnableOrganizationAdminAccount") {
    // Both registrations are made with the caller's permissions.
    const context = { "organizations:ServicePrincipal": maciePrincipal };
    return [
      own,
      { action: "organizations:EnableAWSServiceAccess", resource: "*", context },
      { action: "organizations:RegisterDelegatedAdministrator", resource: "*", context },
    ];
  }
  return [own];
}
