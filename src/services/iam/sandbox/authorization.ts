import type { AuthorizationTarget, HandlerContext } from "../../../sandbox/service.ts";
import { iamState } from "./state.ts";

/** IAM's action, resource and own condition keys of a request. */
export function iamAuthorization(
  { world, caller }: HandlerContext,
  operation: string,
  input: unknown,
): AuthorizationTarget {
  const given = input as Readonly<Record<string, string | undefined>>;
  const state = iamState(world, caller.account);
  const arn = (kind: string, name: string): string =>
    `arn:aws:iam::${caller.account}:${kind}/${name}`;
  const context: Record<string, string | readonly string[]> = {
    ...(given.AWSServiceName === undefined ? {} : { "iam:AWSServiceName": given.AWSServiceName }),
    ...(given.PermissionsBoundary === undefined
      ? {}
      : { "iam:PermissionsBoundary": given.PermissionsBoundary }),
    ...(given.PolicyArn !== undefined && /^(Attach|Detach)/.test(operation)
      ? { "iam:PolicyARN": given.PolicyArn }
      : {}),
  };
  const path = (given.Path ?? "/").slice(1);
  let resource = "*";
  if (operation === "CreateServiceLinkedRole") {
    resource = arn("role", `aws-service-role/${given.AWSServiceName}/*`);
  } else if (given.RoleName !== undefined) {
    resource = state.roles.get(given.RoleName)?.arn ?? arn("role", path + given.RoleName);
  } else if (given.UserName !== undefined) {
    resource = state.users.get(given.UserName)?.arn ?? arn("user", path + given.UserName);
  } else if (/AccessKey|LoginProfile|MFADevice|SigningCertificate|^GetUser$/.test(operation)) {
    resource = caller.principalArn;
  } else if (given.PolicyArn !== undefined) {
    resource = given.PolicyArn;
  } else if (operation === "CreatePolicy") {
    resource = arn("policy", path + (given.PolicyName ?? ""));
  }
  return { action: `iam:${operation}`, resource, context };
}
