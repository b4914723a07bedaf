import type {
  CreateBucketCommandInput,
  CreateBucketCommandOutput,
  DeleteBucketCommandInput,
  DeleteBucketCommandOutput,
  DeleteBucketPolicyCommandInput,
  DeleteBucketPolicyCommandOutput,
  GetBucketLocationCommandInput,
  GetBucketLocationCommandOutput,
  GetBucketPolicyCommandInput,
  GetBucketPolicyCommandOutput,
  HeadBucketCommandInput,
  HeadBucketCommandOutput,
  ListBucketsCommandInput,
  ListBucketsCommandOutput,
  PutBucketPolicyCommandInput,
  PutBucketPolicyCommandOutput,
} from "@aws-sdk/client-s3";
import { hasErrors } from "../../../core/diagnostic.ts";
import { parsePolicy } from "../../../policy/index.ts";
import { type AnyHandler, ServiceError } from "../../../sandbox/service.ts";
import { isPublicPolicy } from "./public-policy.ts";
import type { Served } from "./served.ts";
import { bucketsSlot, findBucket, newBucket } from "./state.ts";

const createBucket: Served<CreateBucketCommandInput, CreateBucketCommandOutput> = (
  { world, caller, region },
  input,
) => {
  const name = input.Bucket ?? "";
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
    throw new ServiceError("InvalidBucketName", "The specified bucket is not valid.");
  }
  const { byName } = world.state(bucketsSlot);
  const wanted = input.CreateBucketConfiguration?.LocationConstraint;
  const existing = byName.get(name);
  if (existing !== undefined && existing.owner !== caller.account) {
    throw new ServiceError(
      "BucketAlreadyExists",
      "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
      { httpStatus: 409 },
    );
  }
  // In us-east-1 a bucket of one's own can be created again.
  if (existing !== undefined && region !== "us-east-1") {
    throw new ServiceError(
      "BucketAlreadyOwnedByYou",
      "Your previous request to create the named bucket succeeded and you already own it.",
      { httpStatus: 409 },
    );
  }
  if (existing === undefined) {
    const bucket = newBucket({
      name,
      owner: caller.account,
      region: wanted ?? region,
      createdAt: world.clock.now(),
    });
    byName.set(name, bucket);
    if (input.ObjectOwnership !== undefined) bucket.ownership = input.ObjectOwnership;
    if (input.ObjectLockEnabledForBucket === true) {
      bucket.versioning = "Enabled";
      bucket.objectLock = { ObjectLockEnabled: "Enabled" };
    }
  }
  return { Location: `/${name}` };
};

const headBucket: Served<HeadBucketCommandInput, HeadBucketCommandOutput> = ({ world }, input) => ({
  BucketRegion: findBucket(world, input.Bucket).region,
});

/**
 * Most buckets of a page.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
 */
const maxBuckets = 10_000;

const listBuckets: Served<ListBucketsCommandInput, ListBucketsCommandOutput> = (
  { world, caller },
  input,
) => {
  const { Prefix: prefix = "", BucketRegion, MaxBuckets = maxBuckets } = input;
  if (MaxBuckets < 1 || MaxBuckets > maxBuckets) {
    const message = `Argument MaxBuckets must be an integer between 1 and ${maxBuckets}`;
    throw new ServiceError("InvalidArgument", message);
  }
  const after = Buffer.from(input.ContinuationToken ?? "", "base64").toString("utf8");
  const own = [...world.state(bucketsSlot).byName.values()]
    .filter(({ owner, name }) => owner === caller.account && name.startsWith(prefix))
    .filter(({ region }) => BucketRegion === undefined || region === BucketRegion)
    .filter(({ name }) => name > after)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = own.slice(0, MaxBuckets);
  const last = page.at(-1);
  return {
    Buckets: page.map(({ name, createdAt, region }) => ({
      Name: name,
      CreationDate: new Date(createdAt),
      BucketRegion: region,
    })),
    Owner: { ID: caller.account },
    ...(input.Prefix === undefined ? {} : { Prefix: input.Prefix }),
    ...(last === undefined || own.length === page.length
      ? {}
      : { ContinuationToken: Buffer.from(last.name).toString("base64") }),
  };
};

const deleteBucket: Served<DeleteBucketCommandInput, DeleteBucketCommandOutput> = (
  { world },
  input,
) => {
  const bucket = findBucket(world, input.Bucket);
  if (bucket.objects.size > 0) {
    throw new ServiceError("BucketNotEmpty", "The bucket you tried to delete is not empty", {
      httpStatus: 409,
    });
  }
  world.state(bucketsSlot).byName.delete(bucket.name);
  return {};
};

const getBucketPolicy: Served<GetBucketPolicyCommandInput, GetBucketPolicyCommandOutput> = (
  { world },
  input,
) => {
  const { policy } = findBucket(world, input.Bucket);
  if (policy !== undefined) return { Policy: policy };
  throw new ServiceError("NoSuchBucketPolicy", "The bucket policy does not exist", {
    httpStatus: 404,
  });
};

const putBucketPolicy: Served<PutBucketPolicyCommandInput, PutBucketPolicyCommandOutput> = (
  { world, caller },
  input,
) => {
  const document = input.Policy ?? "";
  const { diagnostics } = parsePolicy(document, { type: "RESOURCE_POLICY" });
  if (hasErrors(diagnostics)) {
    throw new ServiceError(
      "MalformedPolicy",
      diagnostics[0]?.summary ?? "Policies must be valid JSON",
    );
  }
  const bucket = findBucket(world, input.Bucket);
  if (bucket.publicAccessBlock?.BlockPublicPolicy === true && isPublicPolicy(document)) {
    throw new ServiceError(
      "AccessDenied",
      `User: ${caller.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${bucket.name}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
      { httpStatus: 403 },
    );
  }
  bucket.policy = document;
  return {};
};

const deleteBucketPolicy: Served<
  DeleteBucketPolicyCommandInput,
  DeleteBucketPolicyCommandOutput
> = ({ world }, input) => {
  delete findBucket(world, input.Bucket).policy;
  return {};
};

const getBucketLocation: Served<GetBucketLocationCommandInput, GetBucketLocationCommandOutput> = (
  { world },
  input,
) => {
  const { region } = findBucket(world, input.Bucket);
  // Buckets in us-east-1 have no constraint.
  return region === "us-east-1"
    ? {}
    : {
        LocationConstraint: region as Exclude<
          GetBucketLocationCommandOutput["LocationConstraint"],
          undefined
        >,
      };
};

/** Operations on buckets. */
export const bucketHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateBucket: createBucket,
  HeadBucket: headBucket,
  ListBuckets: listBuckets,
  GetBucketLocation: getBucketLocation,
  DeleteBucket: deleteBucket,
  GetBucketPolicy: getBucketPolicy,
  PutBucketPolicy: putBucketPolicy,
  DeleteBucketPolicy: deleteBucketPolicy,
};
