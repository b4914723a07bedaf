import type { CallOptions } from "../../aws/aws.ts";
import type { Input } from "../../aws/operations.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import { changeHandler } from "../kit/change-handler.ts";
import type { ApplyContext, ChangeHandler, ResolvedChange } from "../service.ts";
import { bucketReads, findBucket } from "./collect-bucket.ts";

/** A bucket that was just made is not known everywhere at once. */
const eventual = ["NoSuchBucket"];

/** Changes of the log archive's bucket. */
export const bucketChanges: Readonly<Record<string, ChangeHandler>> = {
  CreateBucket: changeHandler("s3", "CreateBucket", {
    observe: async ({ aws }, { input }, how) => {
      const found = await findBucket(aws, String(input.Bucket), how);
      if (found === null) return null;
      return found === "taken" ? { taken: true } : { region: found.region };
    },
    already: ["BucketAlreadyOwnedByYou"],
  }),
  PutPublicAccessBlock: changeHandler("s3", "PutPublicAccessBlock", {
    observe: setting("publicAccessBlock"),
    eventual,
  }),
  PutBucketOwnershipControls: changeHandler("s3", "PutBucketOwnershipControls", {
    observe: setting("ownership"),
    eventual,
  }),
  PutBucketVersioning: changeHandler("s3", "PutBucketVersioning", {
    observe: setting("versioning"),
    eventual,
  }),
  PutBucketEncryption: changeHandler("s3", "PutBucketEncryption", {
    observe: setting("encryption"),
    eventual,
  }),
  PutBucketPolicy: changeHandler("s3", "PutBucketPolicy", { observe: setting("policy"), eventual }),
  PutObjectLockConfiguration: changeHandler("s3", "PutObjectLockConfiguration", {
    observe: setting("objectLock"),
    // Versioning that was just enabled is not known everywhere at once.
    eventual: [...eventual, "InvalidBucketState"],
  }),
  PutBucketLifecycleConfiguration: changeHandler("s3", "PutBucketLifecycleConfiguration", {
    observe: async (context, change, how) => {
      const facet = await setting("lifecycle")(context, change, how);
      return { lifecycle: facet?.lifecycle ?? [] };
    },
    // Rules that are not ours may hold dates, which the SDK takes as such.
    input: ({ input }) => withDates(input) as Input<"s3", "PutBucketLifecycleConfiguration">,
    eventual,
  }),
  PutBucketLogging: changeHandler("s3", "PutBucketLogging", {
    observe: setting("logging"),
    eventual,
  }),
  PutBucketTagging: changeHandler("s3", "PutBucketTagging", { observe: setting("tags"), eventual }),
};

function setting(
  name: keyof typeof bucketReads,
): (context: ApplyContext, change: ResolvedChange, how: CallOptions) => Promise<JsonObject | null> {
  return async ({ aws }, { input }, how) => ({
    [name]: (await bucketReads[name](aws, String(input.Bucket), how)) as Json,
  });
}

function withDates(value: Json): unknown {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withDates);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([name, member]) => [
      name,
      name === "Date" && typeof member === "string" ? new Date(member) : withDates(member),
    ]),
  );
}
