import type {
  DeleteBucketEncryptionCommandInput,
  DeleteBucketEncryptionCommandOutput,
  DeleteBucketLifecycleCommandInput,
  DeleteBucketLifecycleCommandOutput,
  GetBucketEncryptionCommandInput,
  GetBucketEncryptionCommandOutput,
  GetBucketLifecycleConfigurationCommandInput,
  GetBucketLifecycleConfigurationCommandOutput,
  GetBucketVersioningCommandInput,
  GetBucketVersioningCommandOutput,
  GetObjectLockConfigurationCommandInput,
  GetObjectLockConfigurationCommandOutput,
  PutBucketEncryptionCommandInput,
  PutBucketEncryptionCommandOutput,
  PutBucketLifecycleConfigurationCommandInput,
  PutBucketLifecycleConfigurationCommandOutput,
  PutBucketVersioningCommandInput,
  PutBucketVersioningCommandOutput,
  PutObjectLockConfigurationCommandInput,
  PutObjectLockConfigurationCommandOutput,
} from "@aws-sdk/client-s3";
import { type AnyHandler, ServiceError } from "../../../sandbox/service.ts";
import type { Served } from "./served.ts";
import { findBucket, newBucket } from "./state.ts";

const getBucketVersioning: Served<
  GetBucketVersioningCommandInput,
  GetBucketVersioningCommandOutput
> = ({ world }, input) => {
  const { versioning } = findBucket(world, input.Bucket);
  return versioning === undefined ? {} : { Status: versioning };
};

const putBucketVersioning: Served<
  PutBucketVersioningCommandInput,
  PutBucketVersioningCommandOutput
> = ({ world }, input) => {
  const bucket = findBucket(world, input.Bucket);
  const wanted = input.VersioningConfiguration?.Status;
  if (wanted === undefined) {
    throw new ServiceError(
      "IllegalVersioningConfigurationException",
      "The Versioning element must be specified",
    );
  }
  if (wanted === "Suspended" && bucket.objectLock !== undefined) {
    throw invalidState(
      "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
    );
  }
  bucket.versioning = wanted;
  return {};
};

const getBucketEncryption: Served<
  GetBucketEncryptionCommandInput,
  GetBucketEncryptionCommandOutput
> = ({ world }, input) => ({
  ServerSideEncryptionConfiguration: {
    Rules: findBucket(world, input.Bucket).encryption.map((rule) => ({ ...rule })),
  },
});

const putBucketEncryption: Served<
  PutBucketEncryptionCommandInput,
  PutBucketEncryptionCommandOutput
> = ({ world }, input) => {
  const rules = input.ServerSideEncryptionConfiguration?.Rules ?? [];
  const byDefault = rules[0]?.ApplyServerSideEncryptionByDefault;
  if (rules.length !== 1 || byDefault === undefined) throw malformed();
  if (byDefault.SSEAlgorithm === "AES256" && byDefault.KMSMasterKeyID !== undefined) {
    throw new ServiceError(
      "InvalidArgument",
      "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
    );
  }
  findBucket(world, input.Bucket).encryption = rules.map((rule) => ({
    ...rule,
    BucketKeyEnabled: rule.BucketKeyEnabled === true,
  }));
  return {};
};

const deleteBucketEncryption: Served<
  DeleteBucketEncryptionCommandInput,
  DeleteBucketEncryptionCommandOutput
> = ({ world }, input) => {
  const bucket = findBucket(world, input.Bucket);
  // No bucket is without encryption: it falls back to keys of S3.
  bucket.encryption = newBucket(bucket).encryption;
  return {};
};

const getBucketLifecycleConfiguration: Served<
  GetBucketLifecycleConfigurationCommandInput,
  GetBucketLifecycleConfigurationCommandOutput
> = ({ world }, input) => {
  const { lifecycle } = findBucket(world, input.Bucket);
  if (lifecycle === undefined) {
    throw new ServiceError(
      "NoSuchLifecycleConfiguration",
      "The lifecycle configuration does not exist",
      { httpStatus: 404, members: { BucketName: input.Bucket } },
    );
  }
  return {
    Rules: [...(lifecycle.Rules ?? [])],
    TransitionDefaultMinimumObjectSize: "all_storage_classes_128K",
  };
};

const putBucketLifecycleConfiguration: Served<
  PutBucketLifecycleConfigurationCommandInput,
  PutBucketLifecycleConfigurationCommandOutput
> = ({ world, caller }, input) => {
  const bucket = findBucket(world, input.Bucket);
  const rules = input.LifecycleConfiguration?.Rules ?? [];
  if (rules.length === 0 || rules.length > 1000) throw malformed();
  const ids = rules.flatMap(({ ID }) => ID ?? []);
  if (new Set(ids).size < ids.length) {
    throw new ServiceError(
      "InvalidArgument",
      "RuleId must be unique. Found same ID for more than one rule",
    );
  }
  bucket.lifecycle = {
    Rules: rules.map((rule, index) => ({ ...rule, ID: rule.ID ?? `${caller.account}-${index}` })),
  };
  return { TransitionDefaultMinimumObjectSize: "all_storage_classes_128K" };
};

const deleteBucketLifecycle: Served<
  DeleteBucketLifecycleCommandInput,
  DeleteBucketLifecycleCommandOutput
> = ({ world }, input) => {
  delete findBucket(world, input.Bucket).lifecycle;
  return {};
};

const getObjectLockConfiguration: Served<
  GetObjectLockConfigurationCommandInput,
  GetObjectLockConfigurationCommandOutput
> = ({ world }, input) => {
  const { objectLock } = findBucket(world, input.Bucket);
  if (objectLock === undefined) {
    throw new ServiceError(
      "ObjectLockConfigurationNotFoundError",
      "Object Lock configuration does not exist for this bucket",
      { httpStatus: 404, members: { BucketName: input.Bucket } },
    );
  }
  return { ObjectLockConfiguration: objectLock };
};

const putObjectLockConfiguration: Served<
  PutObjectLockConfigurationCommandInput,
  PutObjectLockConfigurationCommandOutput
> = ({ world }, input) => {
  const bucket = findBucket(world, input.Bucket);
  const wanted = input.ObjectLockConfiguration;
  const retention = wanted?.Rule?.DefaultRetention;
  if (wanted?.ObjectLockEnabled !== "Enabled") throw malformed();
  const periods = [retention?.Days, retention?.Years].filter((period) => period !== undefined);
  if (retention !== undefined && (retention.Mode === undefined || periods.length !== 1)) {
    throw malformed();
  }
  if (periods.some((period) => period < 1)) {
    throw new ServiceError(
      "InvalidRetentionPeriod",
      "Default retention period must be a positive integer value.",
    );
  }
  if (bucket.versioning !== "Enabled") {
    throw invalidState(
      "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
    );
  }
  bucket.objectLock = wanted;
  return {};
};

function invalidState(message: string): ServiceError {
  return new ServiceError("InvalidBucketState", message, { httpStatus: 409 });
}

function malformed(): ServiceError {
  return new ServiceError(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );
}

/** Operations on how a bucket keeps what is in it. */
export const bucketProtectionHandlers: Readonly<Record<string, AnyHandler>> = {
  GetBucketVersioning: getBucketVersioning,
  PutBucketVersioning: putBucketVersioning,
  GetBucketEncryption: getBucketEncryption,
  PutBucketEncryption: putBucketEncryption,
  DeleteBucketEncryption: deleteBucketEncryption,
  GetBucketLifecycleConfiguration: getBucketLifecycleConfiguration,
  PutBucketLifecycleConfiguration: putBucketLifecycleConfiguration,
  DeleteBucketLifecycle: deleteBucketLifecycle,
  GetObjectLockConfiguration: getObjectLockConfiguration,
  PutObjectLockConfiguration: putObjectLockConfiguration,
};
