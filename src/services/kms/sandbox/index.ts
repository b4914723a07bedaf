import type {
  AuthorizationTarget,
  HandlerContext,
  SandboxService,
} from "../../../sandbox/service.ts";
import { aliasHandlers } from "./aliases.ts";
import { keyHandlers } from "./keys.ts";
import { keyPolicyHandlers } from "./policies.ts";
import { lookUpKey } from "./state.ts";
import { tagHandlers } from "./tags.ts";

/** The sandbox's AWS Key Management Service: keys as things to manage; nothing is encrypted. */
export const kmsSandbox: SandboxService = {
  id: "kms",
  signingName: "kms",
  targetPrefix: "TrentService",
  protocol: "awsJson1_1",
  sdk: () => import("@aws-sdk/client-kms"),
  handlers: { ...keyHandlers, ...aliasHandlers, ...keyPolicyHandlers, ...tagHandlers },
  authorization: kmsAuthorization,
};

/** KMS's action and resource of a request, with the key's owner and policy. */
function kmsAuthorization(
  { world, caller, region }: HandlerContext,
  operation: string,
  input: unknown,
): readonly AuthorizationTarget[] {
  const given = input as Readonly<Record<string, string | undefined>>;
  const action = `kms:${operation}`;
  const name = given.KeyId ?? given.TargetKeyId;
  const key = name === undefined ? undefined : lookUpKey(world, caller.account, region, name);
  const onKey: AuthorizationTarget = {
    action,
    resource: key?.arn ?? "*",
    ...(key === undefined ? {} : { resourceAccount: key.account, resourcePolicy: key.policy }),
  };
  if (given.AliasName === undefined) return [onKey];
  const onAlias = {
    action,
    resource: `arn:aws:kms:${region}:${caller.account}:${given.AliasName}`,
  };
  return operation === "DeleteAlias" ? [onAlias] : [onAlias, onKey];
}
