import type {
  AssumeRoleCommandInput,
  AssumeRootCommandInput,
  GetAccessKeyInfoCommandInput,
  GetAccessKeyInfoCommandOutput,
} from "@aws-sdk/client-sts";
import { findCredential } from "../../../sandbox/credentials.ts";
import type { SandboxService } from "../../../sandbox/service.ts";
import { assumeRole, assumeRoleTargets } from "./assume-role.ts";
import { assumeRoot, assumeRootTarget } from "./assume-root.ts";
import { validationError } from "./errors.ts";
import { getCallerIdentity } from "./get-caller-identity.ts";
import { getSessionToken } from "./get-session-token.ts";
import type { Served } from "./served.ts";

const getAccessKeyInfo: Served<GetAccessKeyInfoCommandInput, GetAccessKeyInfoCommandOutput> = (
  { world },
  input,
) => {
  const credential = findCredential(world, input.AccessKeyId ?? "");
  if (credential === undefined) throw validationError(`Invalid AccessKeyId ${input.AccessKeyId}`);
  return { Account: credential.account };
};

/** The sandbox's AWS Security Token Service. */
export const stsSandbox: SandboxService = {
  id: "sts",
  signingName: "sts",
  protocol: "awsQuery",
  apiVersion: "2011-06-15",
  xmlNamespace: "https://sts.amazonaws.com/doc/2011-06-15/",
  sdk: () => import("@aws-sdk/client-sts"),
  handlers: {
    AssumeRole: assumeRole,
    AssumeRoot: assumeRoot,
    GetAccessKeyInfo: getAccessKeyInfo,
    GetCallerIdentity: getCallerIdentity,
    GetSessionToken: getSessionToken,
  },
  openOperations: ["GetCallerIdentity", "GetSessionToken"],
  authorization: (context, operation, input) => {
    if (operation === "AssumeRole")
      return assumeRoleTargets(context, input as AssumeRoleCommandInput);
    if (operation === "AssumeRoot")
      return assumeRootTarget(context, input as AssumeRootCommandInput);
    return undefined;
  },
};
