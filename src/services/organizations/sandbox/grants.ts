import { organizationsDelegation } from "../../../data/organizations-delegation.ts";
import { compile } from "../../../policy/compile.ts";
import { parsePolicy } from "../../../policy/parse.ts";
import type { Call } from "./access.ts";
import { authorization } from "./authorization.ts";
import { organizationOf } from "./view.ts";

/**
 * Whether the organization's resource policy grants a request of a member account: the operation
 * can be delegated, and every resource that the request touches is granted.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html
 */
export function isGranted(call: Call, input: unknown): boolean {
  const { organization, caller, operation, world } = call;
  if (organization.resourcePolicy === undefined) return false;
  if (!organizationsDelegation.operations.includes(operation)) return false;
  const { content } = organization.resourcePolicy;
  const { policy } = parsePolicy(content, { type: "RESOURCE_POLICY" });
  if (policy === undefined) return false;
  const guardrails = compile({ resource: policy });
  const principalKeys = {
    "aws:PrincipalArn": caller.principalArn,
    "aws:PrincipalAccount": caller.account,
    "aws:PrincipalOrgID": organization.id,
    "aws:PrincipalOrgPaths": [organizationOf(world, caller.account)?.orgPath ?? ""],
  };
  return authorization(call, operation, input).every(({ action, resource, context }) => {
    const request = {
      principal: caller.principalArn,
      action,
      resource,
      resourceAccount: organization.managementAccountId,
      context: { ...principalKeys, ...context },
    };
    return guardrails.decide(request) === "allowed";
  });
}
