import type { CallOptions } from "../../aws/aws.ts";
import type { JsonObject } from "../../core/json.ts";
import { changeHandler } from "../kit/change-handler.ts";
import type { ApplyContext, ChangeHandler, ResolvedChange } from "../service.ts";
import { readLens, readPublicAccessBlock } from "./reads.ts";

/** The changes of Amazon S3, by operation of S3 Control. */
export const s3Changes: Readonly<Record<string, ChangeHandler>> = {
  PutPublicAccessBlock: changeHandler("s3-control", "PutPublicAccessBlock", {
    observe: observeBlock,
  }),
  DeletePublicAccessBlock: changeHandler("s3-control", "DeletePublicAccessBlock", {
    observe: observeBlock,
  }),
  PutStorageLensConfiguration: changeHandler("s3-control", "PutStorageLensConfiguration", {
    observe: observeLens,
    // Trusted access and the administrator that were just made are not known everywhere at once.
    eventual: ["AccessDenied"],
  }),
  DeleteStorageLensConfiguration: changeHandler("s3-control", "DeleteStorageLensConfiguration", {
    observe: observeLens,
  }),
};

function observeBlock(
  { aws }: ApplyContext,
  { input }: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  return readPublicAccessBlock(aws, String(input.AccountId), how);
}

function observeLens(
  { aws }: ApplyContext,
  { input }: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  return readLens(aws, String(input.AccountId), String(input.ConfigId), how);
}
