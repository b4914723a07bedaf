import type { AuthorizationTarget, HandlerContext } from "../../../sandbox/service.ts";
import { bucketsSlot } from "./state.ts";

/** IAM actions of operations that are called otherwise. */
const actions: Readonly<Record<string, string>> = {
  DeleteBucketEncryption: "PutEncryptionConfiguration",
  DeleteBucketLifecycle: "PutLifecycleConfiguration",
  DeleteBucketOwnershipControls: "PutBucketOwnershipControls",
  DeleteBucketTagging: "PutBucketTagging",
  DeleteObjects: "DeleteObject",
  DeletePublicAccessBlock: "PutBucketPublicAccessBlock",
  GetBucketEncryption: "GetEncryptionConfiguration",
  GetBucketLifecycleConfiguration: "GetLifecycleConfiguration",
  GetObjectLockConfiguration: "GetBucketObjectLockConfiguration",
  GetPublicAccessBlock: "GetBucketPublicAccessBlock",
  HeadBucket: "ListBucket",
  HeadObject: "GetObject",
  ListBuckets: "ListAllMyBuckets",
  ListObjects: "ListBucket",
  ListObjectsV2: "ListBucket",
  PutBucketEncryption: "PutEncryptionConfiguration",
  PutBucketLifecycleConfiguration: "PutLifecycleConfiguration",
  PutObjectLockConfiguration: "PutBucketObjectLockConfiguration",
  PutPublicAccessBlock: "PutBucketPublicAccessBlock",
};

/** A bucket policy that grants nothing: another account's principals need one that does. */
const grantsNothing = '{"Version":"2012-10-17","Statement":[]}';

/** S3's action and resource of a request, with the bucket's owner and policy. */
export function s3Authorization(
  { world, caller }: HandlerContext,
  operation: string,
  input: unknown,
): AuthorizationTarget {
  const { Bucket, Key, Prefix } = input as Readonly<Record<string, string | undefined>>;
  const action = `s3:${actions[operation] ?? operation}`;
  const bucket = world.state(bucketsSlot).byName.get(Bucket ?? "");
  const key = Key ?? (operation === "DeleteObjects" ? "*" : undefined);
  const isForeign = bucket !== undefined && bucket.owner !== caller.account;
  const policy = bucket?.policy ?? (isForeign ? grantsNothing : undefined);
  return {
    action,
    resource:
      Bucket === undefined ? "*" : `arn:aws:s3:::${Bucket}${key === undefined ? "" : `/${key}`}`,
    resourceAccount: bucket?.owner ?? caller.account,
    ...(policy === undefined || operation === "CreateBucket" ? {} : { resourcePolicy: policy }),
    ...(Prefix === undefined ? {} : { context: { "s3:prefix": Prefix } }),
  };
}
