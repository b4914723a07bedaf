import type {
  AuthorizationTarget,
  HandlerContext,
  SandboxService,
} from "../../../sandbox/service.ts";
import { serviceLinkedRoleTargets } from "../../kit/sandbox-service-linked-role.ts";
import { accountHandlers } from "./accounts.ts";
import { settleInspector } from "./administration.ts";
import { configurationHandlers } from "./configuration.ts";
import { invalid } from "./errors.ts";
import { memberHandlers } from "./members.ts";
import { organizationHandlers } from "./organization.ts";
import { inspectorPrincipal } from "./state.ts";

/** The sandbox's Amazon Inspector. */
export const inspectorSandbox: SandboxService = {
  id: "inspector2",
  signingName: "inspector2",
  protocol: "restJson1",
  sdk: () => import("@aws-sdk/client-inspector2"),
  handlers: {
    ...organizationHandlers,
    ...memberHandlers,
    ...accountHandlers,
    ...configurationHandlers,
  },
  readOperations: ["BatchGetAccountStatus", "BatchGetMemberEc2DeepInspectionStatus"],
  authorization: inspectorAuthorization,
  invalidInput: (problems) => invalid(problems.join("; ")),
  settle: settleInspector,
};

/** Inspector's action of a request, and those that it makes at other services. */
function inspectorAuthorization(
  { world, caller }: HandlerContext,
  operation: string,
  input: unknown,
): readonly AuthorizationTarget[] {
  const targets: AuthorizationTarget[] = [{ action: `inspector2:${operation}`, resource: "*" }];
  const { accountIds = [] } = input as { readonly accountIds?: readonly string[] };
  const isOwn = accountIds.length === 0 || accountIds.includes(caller.account);
  if (operation === "Enable" && isOwn) {
    targets.push(...serviceLinkedRoleTargets(world, caller.account, inspectorPrincipal));
  }
  if (operation === "EnableDelegatedAdminAccount") {
    const context = { "organizations:ServicePrincipal": inspectorPrincipal };
    for (const action of ["EnableAWSServiceAccess", "RegisterDelegatedAdministrator"]) {
      targets.push({ action: `organizations:${action}`, resource: "*", context });
    }
  }
  return targets;
}
