import type { AuthorizationTarget, HandlerContext } from "../../../sandbox/service.ts";
import { serviceLinkedRoleTargets } from "../../kit/sandbox-service-linked-role.ts";
import { guardDutyPrincipal } from "./state.ts";

/** Members of inputs that name a resource below a detector, and the resource's kind. */
const belowDetector: Readonly<Record<string, string>> = {
  FilterName: "filter",
  IpSetId: "ipset",
  ThreatIntelSetId: "threatintelset",
  TrustedEntitySetId: "trustedentityset",
  ThreatEntitySetId: "threatentityset",
  DestinationId: "publishingdestination",
};

/** GuardDuty's action and resource of a request, and those that it makes at other services. */
export function guardDutyAuthorization(
  { world, caller, region }: HandlerContext,
  operation: string,
  input: unknown,
): readonly AuthorizationTarget[] {
  const given = input as Readonly<Record<string, string | undefined>>;
  const detector = `arn:aws:guardduty:${region}:${caller.account}:detector/${given.DetectorId}`;
  const below = Object.entries(belowDetector).find(([member]) => given[member] !== undefined);
  const resource =
    given.ResourceArn ??
    (given.DetectorId === undefined
      ? "*"
      : below === undefined
        ? detector
        : `${detector}/${below[1]}/${given[below[0]]}`);
  const targets: AuthorizationTarget[] = [
    { action: `guardduty:${operation}`, resource, resourceAccount: caller.account },
  ];
  if (operation === "CreateDetector") {
    targets.push(...serviceLinkedRoleTargets(world, caller.account, guardDutyPrincipal));
  }
  if (operation === "EnableOrganizationAdminAccount") {
    const context = { "organizations:ServicePrincipal": guardDutyPrincipal };
    for (const action of ["EnableAWSServiceAccess", "RegisterDelegatedAdministrator"]) {
      targets.push({ action: `organizations:${action}`, resource: "*", context });
    }
  }
  return targets;
}
