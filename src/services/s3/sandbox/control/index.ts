import type {
  AuthorizationTarget,
  HandlerContext,
  SandboxService,
} from "../../../../sandbox/service.ts";
import { ServiceError } from "../../../../sandbox/service.ts";
import { publicAccessHandlers } from "./public-access.ts";
import { storageLensHandlers } from "./storage-lens.ts";

/** IAM actions of operations that are called otherwise. */
const actions: Readonly<Record<string, string>> = {
  DeletePublicAccessBlock: "PutAccountPublicAccessBlock",
  GetPublicAccessBlock: "GetAccountPublicAccessBlock",
  PutPublicAccessBlock: "PutAccountPublicAccessBlock",
};

/** The sandbox's S3 Control: the accounts' public access block, and Storage Lens. */
export const s3ControlSandbox: SandboxService = {
  id: "s3-control",
  signingName: "s3",
  serves: ({ path, headers }) =>
    path.startsWith("/v20180820/") && headers["x-amz-account-id"] !== undefined,
  protocol: "restXml",
  xmlNamespace: "http://awss3control.amazonaws.com/doc/2018-08-20/",
  sdk: () => import("@aws-sdk/client-s3-control"),
  handlers: { ...publicAccessHandlers, ...storageLensHandlers },
  authorization: s3ControlAuthorization,
  accessDenied: (message) => new ServiceError("AccessDenied", message, { httpStatus: 403 }),
  throttled: () =>
    new ServiceError("SlowDown", "Please reduce your request rate.", { httpStatus: 503 }),
};

function s3ControlAuthorization(
  { caller, region }: HandlerContext,
  operation: string,
  input: unknown,
): AuthorizationTarget {
  const { ConfigId } = input as { readonly ConfigId?: string };
  return {
    action: `s3:${actions[operation] ?? operation}`,
    resource:
      ConfigId === undefined || operation === "PutStorageLensConfiguration"
        ? "*"
        : `arn:aws:s3:${region}:${caller.account}:storage-lens/${ConfigId}`,
  };
}
