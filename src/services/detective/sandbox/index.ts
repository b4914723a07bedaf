import {
  type AuthorizationTarget,
  type HandlerContext,
  type SandboxService,
  ServiceError,
} from "../../../sandbox/service.ts";
import { serviceLinkedRoleTargets } from "../../kit/sandbox-service-linked-role.ts";
import { settleDetective } from "./administration.ts";
import { invalid } from "./errors.ts";
import { graphHandlers } from "./graphs.ts";
import { memberHandlers } from "./members.ts";
import { organizationHandlers } from "./organization.ts";
import { detectivePrincipal } from "./state.ts";

/** The sandbox's Amazon Detective. */
export const detectiveSandbox: SandboxService = {
  id: "detective",
  signingName: "detective",
  protocol: "restJson1",
  sdk: () => import("@aws-sdk/client-detective"),
  handlers: { ...graphHandlers, ...organizationHandlers, ...memberHandlers },
  authorization: detectiveAuthorization,
  invalidInput: (problems) => invalid(problems.join("; ")),
  throttled: () =>
    new ServiceError("TooManyRequestsException", "Too Many Requests", { httpStatus: 429 }),
  settle: settleDetective,
};

/** Operations whose IAM action is called otherwise. */
const actions: Readonly<Record<string, string>> = {
  ListOrganizationAdminAccounts: "ListOrganizationAdminAccount",
};

/** Detective's action and resource of a request, and those that it makes at other services. */
function detectiveAuthorization(
  { world, caller }: HandlerContext,
  operation: string,
  input: unknown,
): readonly AuthorizationTarget[] {
  const given = input as Readonly<Record<string, string | undefined>>;
  const targets: AuthorizationTarget[] = [
    {
      action: `detective:${actions[operation] ?? operation}`,
      resource: given.GraphArn ?? given.ResourceArn ?? "*",
      resourceAccount: caller.account,
    },
  ];
  const makesRole = operation === "CreateGraph" || operation === "EnableOrganizationAdminAccount";
  if (makesRole)
    targets.push(...serviceLinkedRoleTargets(world, caller.account, detectivePrincipal));
  if (operation === "EnableOrganizationAdminAccount") {
    const context = { "organizations:ServicePrincipal": detectivePrincipal };
    for (const action of ["EnableAWSServiceAccess", "RegisterDelegatedAdministrator"]) {
      targets.push({ action: `organizations:${action}`, resource: "*", context });
    }
  }
  return targets;
}
