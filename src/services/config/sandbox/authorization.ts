import type { AuthorizationTarget, HandlerContext } from "../../../sandbox/service.ts";
import { serviceLinkedRoleTargets } from "../../kit/sandbox-service-linked-role.ts";
import { setupPrincipal } from "./organization-access.ts";

/** Config's action of a request, and what else the caller must be allowed. */
export function configAuthorization(
  { world, caller }: HandlerContext,
  operation: string,
  input: unknown,
): AuthorizationTarget | readonly AuthorizationTarget[] {
  const target = { action: `config:${operation}`, resource: "*" };
  const role = roleOf(input);
  if (role !== undefined) {
    return [
      target,
      {
        action: "iam:PassRole",
        resource: role,
        context: { "iam:PassedToService": "config.amazonaws.com" },
      },
    ];
  }
  if (operation === "PutOrganizationConfigRule" || operation === "PutOrganizationConformancePack") {
    return [target, ...serviceLinkedRoleTargets(world, caller.account, setupPrincipal)];
  }
  return target;
}

/** The role that a request passes to Config; one that is linked to it need not be passed. */
function roleOf(input: unknown): string | undefined {
  const given = input as {
    readonly ConfigurationRecorder?: { readonly roleARN?: string };
    readonly OrganizationAggregationSource?: { readonly RoleArn?: string };
  };
  const role = given.ConfigurationRecorder?.roleARN ?? given.OrganizationAggregationSource?.RoleArn;
  return role?.includes(":role/aws-service-role/") === true ? undefined : role;
}
