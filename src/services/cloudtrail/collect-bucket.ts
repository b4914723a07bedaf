import type { Aws, CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import type { JsonObject } from "../../core/json.ts";
import type { CollectContext } from "../security-service.ts";
import { canonicalPolicy } from "./documents.ts";
import { orNull } from "./or-null.ts";
import type { CloudTrailBlock, LogArchiveBlock } from "./schema.ts";
import type { BucketState } from "./state.ts";

/** Reads one setting of a bucket; `null` when it has none. Throws `AwsError`. */
type ReadSetting = (aws: Aws, bucket: string, how: CallOptions) => Promise<unknown>;

/** Reads of a bucket's settings, in the form in which they are compared. */
export const bucketReads: { readonly [S in Exclude<keyof BucketState, "region">]-?: ReadSetting } =
  {
    policy: async (aws, Bucket, how) => {
      const found = await orNull(["NoSuchBucketPolicy"], () =>
        aws.call("s3", "GetBucketPolicy", { Bucket }, how),
      );
      return found?.Policy === undefined ? null : canonicalPolicy(found.Policy);
    },
    publicAccessBlock: async (aws, Bucket, how) => {
      const found = await orNull(["NoSuchPublicAccessBlockConfiguration"], () =>
        aws.call("s3", "GetPublicAccessBlock", { Bucket }, how),
      );
      return plain(found?.PublicAccessBlockConfiguration);
    },
    versioning: async (aws, Bucket, how) =>
      (await aws.call("s3", "GetBucketVersioning", { Bucket }, how)).Status ?? null,
    encryption: async (aws, Bucket, how) => {
      const found = await orNull(["ServerSideEncryptionConfigurationNotFoundError"], () =>
        aws.call("s3", "GetBucketEncryption", { Bucket }, how),
      );
      const [rule] = found?.ServerSideEncryptionConfiguration?.Rules ?? [];
      if (rule === undefined) return null;
      const { SSEAlgorithm = "", KMSMasterKeyID: key = "" } =
        rule.ApplyServerSideEncryptionByDefault ?? {};
      return { algorithm: SSEAlgorithm, key, bucketKey: rule.BucketKeyEnabled === true };
    },
    ownership: async (aws, Bucket, how) => {
      const found = await orNull(["OwnershipControlsNotFoundError"], () =>
        aws.call("s3", "GetBucketOwnershipControls", { Bucket }, how),
      );
      return found?.OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? null;
    },
    objectLock: async (aws, Bucket, how) => {
      const found = await orNull(["ObjectLockConfigurationNotFoundError"], () =>
        aws.call("s3", "GetObjectLockConfiguration", { Bucket }, how),
      );
      const retention = found?.ObjectLockConfiguration?.Rule?.DefaultRetention;
      if (retention === undefined) return null;
      const { Mode: mode = "", Days, Years = 0 } = retention;
      return { mode, days: Days ?? Years * 365 };
    },
    lifecycle: async (aws, Bucket, how) => {
      const found = await orNull(["NoSuchLifecycleConfiguration"], () =>
        aws.call("s3", "GetBucketLifecycleConfiguration", { Bucket }, how),
      );
      return found === null ? null : plain(found.Rules ?? []);
    },
    logging: async (aws, Bucket, how) => {
      const { LoggingEnabled: on } = await aws.call("s3", "GetBucketLogging", { Bucket }, how);
      return on === undefined ? null : { bucket: on.TargetBucket, prefix: on.TargetPrefix ?? "" };
    },
    tags: async (aws, Bucket, how) => {
      const found = await orNull(["NoSuchTagSet"], () =>
        aws.call("s3", "GetBucketTagging", { Bucket }, how),
      );
      return Object.fromEntries((found?.TagSet ?? []).map(({ Key, Value }) => [Key, Value]));
    },
  };

/** Reads the bucket of the log archive: what the block says something of. */
export async function collectBucket(
  context: CollectContext<CloudTrailBlock>,
  block: LogArchiveBlock,
  how: CallOptions,
): Promise<BucketState | "taken" | null | undefined> {
  const { aws } = context;
  const Bucket = block.bucket;
  const found = await context.attempt("bucket", () => findBucket(aws, Bucket, how));
  if (found === undefined || found === null || found === "taken") return found;
  const place = { ...how, region: found.region };
  const wanted: (keyof typeof bucketReads)[] = [
    "policy",
    "publicAccessBlock",
    "versioning",
    "encryption",
    "ownership",
    ...(block.objectLock === undefined ? [] : ["objectLock" as const]),
    ...(block.lifecycle === undefined ? [] : ["lifecycle" as const]),
    ...(block.accessLogging === undefined ? [] : ["logging" as const]),
    ...(block.tags === undefined ? [] : ["tags" as const]),
  ];
  const read = await context.each(wanted, async (setting) => {
    const value = await context.attempt(`bucket/${setting}`, () =>
      bucketReads[setting](aws, Bucket, place),
    );
    return value === undefined ? [] : [[setting, value] as const];
  });
  return { region: found.region, ...Object.fromEntries(read.flat()) };
}

/** The bucket's Region; `null` when the name is free, `taken` when another account has it. */
export async function findBucket(
  aws: Aws,
  name: string,
  how: CallOptions,
): Promise<{ readonly region: string } | "taken" | null> {
  for await (const page of aws.pages("s3", "ListBuckets", { Prefix: name }, how)) {
    const own = page.Buckets?.find(({ Name }) => Name === name);
    if (own !== undefined) return { region: own.BucketRegion ?? how.region ?? "us-east-1" };
  }
  try {
    await aws.call("s3", "HeadBucket", { Bucket: name }, how);
    return "taken";
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.details.httpStatus === 404) return null;
    // It is in none of the account's own lists: another account's, here or in another Region.
    if (error.details.httpStatus === 403 || error.details.httpStatus === 301) return "taken";
    throw error;
  }
}

function plain(value: object | undefined): JsonObject | null {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as JsonObject);
}
