import type {
  AuthorizationTarget,
  HandlerContext,
  SandboxService,
} from "../../../sandbox/service.ts";
import { administratorHandlers } from "./administrators.ts";
import { invalidShape } from "./errors.ts";
import { notificationHandlers } from "./notification.ts";
import { policyHandlers } from "./policies.ts";
import { firewallManagerPrincipal } from "./state.ts";

/** The sandbox's AWS Firewall Manager. */
export const firewallManagerSandbox: SandboxService = {
  id: "fms",
  signingName: "fms",
  targetPrefix: "AWSFMS_20180101",
  protocol: "awsJson1_1",
  sdk: () => import("@aws-sdk/client-fms"),
  handlers: { ...administratorHandlers, ...policyHandlers, ...notificationHandlers },
  authorization: firewallManagerAuthorization,
  invalidInput: invalidShape,
};

/** Firewall Manager's actions, resources and condition keys of a request. */
function firewallManagerAuthorization(
  { caller, region }: HandlerContext,
  operation: string,
  input: unknown,
): readonly AuthorizationTarget[] {
  const given = input as Readonly<Record<string, unknown>>;
  const action = `fms:${operation}`;
  if (operation === "AssociateAdminAccount" || operation === "PutAdminAccount") {
    const context = { "organizations:ServicePrincipal": firewallManagerPrincipal };
    return [
      { action, resource: "*" },
      { action: "organizations:EnableAWSServiceAccess", resource: "*", context },
      { action: "organizations:RegisterDelegatedAdministrator", resource: "*", context },
    ];
  }
  const { ResourceArn, PolicyId, Policy } = given;
  if (typeof ResourceArn === "string") return [{ action, resource: ResourceArn }];
  const id = PolicyId ?? (Policy as { PolicyId?: string } | undefined)?.PolicyId;
  const policies = `arn:aws:fms:${region}:${caller.account}:policy`;
  if (typeof id === "string") return [{ action, resource: `${policies}/${id}` }];
  return [{ action, resource: operation === "PutPolicy" ? `${policies}/*` : "*" }];
}
