import type {
  BucketLifecycleConfiguration,
  LoggingEnabled,
  ObjectLockConfiguration,
  ObjectOwnership,
  PublicAccessBlockConfiguration,
  ServerSideEncryptionRule,
} from "@aws-sdk/client-s3";
import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { ServiceError } from "../../../sandbox/service.ts";
import type { Slot, World } from "../../../sandbox/world.ts";

/** An object of a bucket. */
export interface ObjectRecord {
  readonly body: Uint8Array;
  /** MD5 of the body in quotation marks. */
  readonly etag: string;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** A bucket. */
export interface BucketRecord {
  readonly name: string;
  readonly owner: AccountId;
  readonly region: RegionName;
  readonly createdAt: number;
  readonly objects: Map<string, ObjectRecord>;
  policy?: string;
  /** Absent: it was deleted. */
  publicAccessBlock?: PublicAccessBlockConfiguration;
  /** Absent: it was never enabled. */
  versioning?: "Enabled" | "Suspended";
  encryption: readonly ServerSideEncryptionRule[];
  lifecycle?: BucketLifecycleConfiguration;
  objectLock?: ObjectLockConfiguration;
  /** Absent: it was deleted. */
  ownership?: ObjectOwnership;
  logging?: LoggingEnabled;
  readonly tags: Map<string, string>;
}

/**
 * A bucket as AWS has made them since April 2023: all public access blocked, access control lists
 * disabled, encrypted with keys of S3.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
 */
export function newBucket(
  bucket: Pick<BucketRecord, "name" | "owner" | "region" | "createdAt">,
): BucketRecord {
  return {
    ...bucket,
    objects: new Map(),
    publicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    ownership: "BucketOwnerEnforced",
    encryption: [
      { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false },
    ],
    tags: new Map(),
  };
}

/** All buckets of the world: their names are unique in it. */
export const bucketsSlot: Slot<{ byName: Map<string, BucketRecord> }> = {
  name: "s3",
  scope: "world",
  init: () => ({ byName: new Map() }),
};

/** The bucket of that name. Throws `NoSuchBucket`. */
export function findBucket(world: World, name: string | undefined): BucketRecord {
  const bucket = world.state(bucketsSlot).byName.get(name ?? "");
  if (bucket !== undefined) return bucket;
  throw new ServiceError("NoSuchBucket", "The specified bucket does not exist", {
    httpStatus: 404,
    members: { BucketName: name ?? "" },
  });
}

/** The object under a key. Throws `NoSuchKey`. */
export function findObject(bucket: BucketRecord, key: string | undefined): ObjectRecord {
  const object = bucket.objects.get(key ?? "");
  if (object !== undefined) return object;
  throw new ServiceError("NoSuchKey", "The specified key does not exist.", {
    httpStatus: 404,
    members: { Key: key ?? "" },
  });
}
