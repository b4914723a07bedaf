import type {
  DeleteBucketOwnershipControlsCommandInput,
  DeleteBucketOwnershipControlsCommandOutput,
  DeleteBucketTaggingCommandInput,
  DeleteBucketTaggingCommandOutput,
  DeletePublicAccessBlockCommandInput,
  DeletePublicAccessBlockCommandOutput,
  GetBucketAclCommandInput,
  GetBucketAclCommandOutput,
  GetBucketLoggingCommandInput,
  GetBucketLoggingCommandOutput,
  GetBucketOwnershipControlsCommandInput,
  GetBucketOwnershipControlsCommandOutput,
  GetBucketPolicyStatusCommandInput,
  GetBucketPolicyStatusCommandOutput,
  GetBucketTaggingCommandInput,
  GetBucketTaggingCommandOutput,
  GetPublicAccessBlockCommandInput,
  GetPublicAccessBlockCommandOutput,
  PutBucketLoggingCommandInput,
  PutBucketLoggingCommandOutput,
  PutBucketOwnershipControlsCommandInput,
  PutBucketOwnershipControlsCommandOutput,
  PutBucketTaggingCommandInput,
  PutBucketTaggingCommandOutput,
  PutPublicAccessBlockCommandInput,
  PutPublicAccessBlockCommandOutput,
} from "@aws-sdk/client-s3";
import { digest } from "../../../core/digest.ts";
import { type AnyHandler, ServiceError } from "../../../sandbox/service.ts";
import { isPublicPolicy } from "./public-policy.ts";
import type { Served } from "./served.ts";
import { bucketsSlot, findBucket } from "./state.ts";

const getPublicAccessBlock: Served<
  GetPublicAccessBlockCommandInput,
  GetPublicAccessBlockCommandOutput
> = ({ world }, input) => {
  const { publicAccessBlock } = findBucket(world, input.Bucket);
  if (publicAccessBlock === undefined) {
    throw new ServiceError(
      "NoSuchPublicAccessBlockConfiguration",
      "The public access block configuration was not found",
      { httpStatus: 404, members: { BucketName: input.Bucket } },
    );
  }
  return { PublicAccessBlockConfiguration: { ...publicAccessBlock } };
};

const putPublicAccessBlock: Served<
  PutPublicAccessBlockCommandInput,
  PutPublicAccessBlockCommandOutput
> = ({ world }, input) => {
  const given = input.PublicAccessBlockConfiguration ?? {};
  findBucket(world, input.Bucket).publicAccessBlock = {
    BlockPublicAcls: given.BlockPublicAcls === true,
    IgnorePublicAcls: given.IgnorePublicAcls === true,
    BlockPublicPolicy: given.BlockPublicPolicy === true,
    RestrictPublicBuckets: given.RestrictPublicBuckets === true,
  };
  return {};
};

const deletePublicAccessBlock: Served<
  DeletePublicAccessBlockCommandInput,
  DeletePublicAccessBlockCommandOutput
> = ({ world }, input) => {
  delete findBucket(world, input.Bucket).publicAccessBlock;
  return {};
};

const getBucketOwnershipControls: Served<
  GetBucketOwnershipControlsCommandInput,
  GetBucketOwnershipControlsCommandOutput
> = ({ world }, input) => {
  const { ownership } = findBucket(world, input.Bucket);
  if (ownership === undefined) {
    throw new ServiceError(
      "OwnershipControlsNotFoundError",
      "The bucket ownership controls were not found",
      { httpStatus: 404, members: { BucketName: input.Bucket } },
    );
  }
  return { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } };
};

const putBucketOwnershipControls: Served<
  PutBucketOwnershipControlsCommandInput,
  PutBucketOwnershipControlsCommandOutput
> = ({ world }, input) => {
  const wanted = input.OwnershipControls?.Rules?.[0]?.ObjectOwnership;
  if (wanted === undefined) {
    throw new ServiceError("MalformedXML", "The XML you provided was not well-formed");
  }
  findBucket(world, input.Bucket).ownership = wanted;
  return {};
};

const deleteBucketOwnershipControls: Served<
  DeleteBucketOwnershipControlsCommandInput,
  DeleteBucketOwnershipControlsCommandOutput
> = ({ world }, input) => {
  delete findBucket(world, input.Bucket).ownership;
  return {};
};

const getBucketPolicyStatus: Served<
  GetBucketPolicyStatusCommandInput,
  GetBucketPolicyStatusCommandOutput
> = ({ world }, input) => {
  const { policy } = findBucket(world, input.Bucket);
  if (policy === undefined) {
    throw new ServiceError("NoSuchBucketPolicy", "The bucket policy does not exist", {
      httpStatus: 404,
    });
  }
  return { PolicyStatus: { IsPublic: isPublicPolicy(policy) } };
};

const getBucketAcl: Served<GetBucketAclCommandInput, GetBucketAclCommandOutput> = (
  { world },
  input,
) => {
  const ID = digest(findBucket(world, input.Bucket).owner);
  return {
    Owner: { ID },
    Grants: [{ Grantee: { ID, Type: "CanonicalUser" }, Permission: "FULL_CONTROL" }],
  };
};

const getBucketLogging: Served<GetBucketLoggingCommandInput, GetBucketLoggingCommandOutput> = (
  { world },
  input,
) => {
  const { logging } = findBucket(world, input.Bucket);
  return logging === undefined ? {} : { LoggingEnabled: { ...logging } };
};

const putBucketLogging: Served<PutBucketLoggingCommandInput, PutBucketLoggingCommandOutput> = (
  { world },
  input,
) => {
  const bucket = findBucket(world, input.Bucket);
  const wanted = input.BucketLoggingStatus?.LoggingEnabled;
  if (wanted === undefined) {
    delete bucket.logging;
    return {};
  }
  const target = world.state(bucketsSlot).byName.get(wanted.TargetBucket ?? "");
  if (target === undefined || target.owner !== bucket.owner || target.region !== bucket.region) {
    throw new ServiceError(
      "InvalidTargetBucketForLogging",
      target === undefined
        ? "The target bucket for logging does not exist"
        : "The owner for the bucket to be logged and the target bucket must be the same, and both must be in the same Region",
    );
  }
  bucket.logging = { ...wanted };
  return {};
};

const getBucketTagging: Served<GetBucketTaggingCommandInput, GetBucketTaggingCommandOutput> = (
  { world },
  input,
) => {
  const { tags } = findBucket(world, input.Bucket);
  if (tags.size === 0) {
    throw new ServiceError("NoSuchTagSet", "The TagSet does not exist", {
      httpStatus: 404,
      members: { BucketName: input.Bucket },
    });
  }
  return { TagSet: [...tags].map(([Key, Value]) => ({ Key, Value })) };
};

const putBucketTagging: Served<PutBucketTaggingCommandInput, PutBucketTaggingCommandOutput> = (
  { world },
  input,
) => {
  const { tags } = findBucket(world, input.Bucket);
  const given = input.Tagging?.TagSet ?? [];
  const keys = given.map(({ Key }) => Key);
  if (new Set(keys).size < keys.length) {
    throw new ServiceError("InvalidTag", "Cannot provide multiple Tags with the same key");
  }
  tags.clear();
  for (const { Key = "", Value = "" } of given) tags.set(Key, Value);
  return {};
};

const deleteBucketTagging: Served<
  DeleteBucketTaggingCommandInput,
  DeleteBucketTaggingCommandOutput
> = ({ world }, input) => {
  findBucket(world, input.Bucket).tags.clear();
  return {};
};

/** Operations on who may reach a bucket, and on what is noted of it. */
export const bucketAccessHandlers: Readonly<Record<string, AnyHandler>> = {
  GetPublicAccessBlock: getPublicAccessBlock,
  PutPublicAccessBlock: putPublicAccessBlock,
  DeletePublicAccessBlock: deletePublicAccessBlock,
  GetBucketOwnershipControls: getBucketOwnershipControls,
  PutBucketOwnershipControls: putBucketOwnershipControls,
  DeleteBucketOwnershipControls: deleteBucketOwnershipControls,
  GetBucketPolicyStatus: getBucketPolicyStatus,
  GetBucketAcl: getBucketAcl,
  GetBucketLogging: getBucketLogging,
  PutBucketLogging: putBucketLogging,
  GetBucketTagging: getBucketTagging,
  PutBucketTagging: putBucketTagging,
  DeleteBucketTagging: deleteBucketTagging,
};
