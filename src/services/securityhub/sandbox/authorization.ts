import type { AuthorizationTarget, HandlerContext } from "../../../sandbox/service.ts";
import { serviceLinkedRoleTargets } from "../../kit/sandbox-service-linked-role.ts";
import { hubArn } from "./hub.ts";
import { securityHubPrincipal } from "./organization.ts";
import { accountWide } from "./state.ts";

/** Operations that the old and the new name of an administrator share. */
const hubOperations: readonly string[] = [
  "EnableSecurityHub",
  "DescribeHub",
  "DisableSecurityHub",
  "UpdateSecurityHubConfiguration",
  "CreateMembers",
  "DeleteMembers",
  "DisassociateMembers",
  "GetMembers",
  "ListMembers",
  "BatchEnableStandards",
  "BatchDisableStandards",
  "GetEnabledStandards",
  "GetFindings",
  "BatchUpdateFindings",
];

/** Security Hub's actions, resources and condition keys of a request. */
export function securityHubAuthorization(
  { world, caller, region }: HandlerContext,
  operation: string,
  input: unknown,
): AuthorizationTarget | readonly AuthorizationTarget[] {
  const action = `securityhub:${operation}`;
  const given = input as Readonly<Record<string, unknown>>;
  if (operation === "EnableSecurityHub") {
    return [
      { action, resource: hubArn(caller.account, region) },
      ...serviceLinkedRoleTargets(world, caller.account, securityHubPrincipal),
    ];
  }
  if (operation === "EnableOrganizationAdminAccount") {
    // Both registrations are made with the caller's permissions.
    const condition = { "organizations:ServicePrincipal": securityHubPrincipal };
    return [
      { action, resource: "*" },
      { action: "organizations:EnableAWSServiceAccess", resource: "*", context: condition },
      { action: "organizations:RegisterDelegatedAdministrator", resource: "*", context: condition },
    ];
  }
  if (operation === "BatchImportFindings") {
    // The request names the product; IAM asks for it by each target account.
    const product = `arn:aws:securityhub:${region}:${caller.account}:product/${caller.account}/default`;
    const context = { "securityhub:TargetAccount": caller.account };
    return { action, resource: product, context };
  }
  if (hubOperations.includes(operation)) {
    return { action, resource: hubArn(caller.account, region) };
  }
  const arn = [given.FindingAggregatorArn, given.AggregatorV2Arn, given.ResourceArn].find(
    (value) => typeof value === "string",
  );
  if (typeof arn === "string") return { action, resource: arn };
  const identifier = given.Identifier ?? given.ConfigurationPolicyIdentifier;
  if (typeof identifier === "string") {
    const policy = accountWide(world, caller.account).policies.get(
      identifier.slice(identifier.lastIndexOf("/") + 1),
    );
    return { action, resource: policy?.arn ?? "*" };
  }
  return { action, resource: "*" };
}
