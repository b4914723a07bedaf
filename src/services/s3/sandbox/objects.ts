import { createHash } from "node:crypto";
import type {
  DeleteObjectCommandInput,
  DeleteObjectCommandOutput,
  DeleteObjectsCommandInput,
  DeleteObjectsCommandOutput,
  GetObjectCommandInput,
  GetObjectCommandOutput,
  HeadObjectCommandInput,
  HeadObjectCommandOutput,
  PutObjectCommandInput,
  PutObjectCommandOutput,
} from "@aws-sdk/client-s3";
import { type AnyHandler, ServiceError } from "../../../sandbox/service.ts";
import type { Served } from "./served.ts";
import { findBucket, findObject, type ObjectRecord } from "./state.ts";

const putObject: Served<PutObjectCommandInput, PutObjectCommandOutput> = ({ world }, input) => {
  const bucket = findBucket(world, input.Bucket);
  const key = input.Key ?? "";
  const existing = bucket.objects.get(key);
  if (input.IfNoneMatch !== undefined) {
    if (input.IfNoneMatch !== "*") {
      throw new ServiceError(
        "NotImplemented",
        "A header you provided implies functionality that is not implemented",
        { httpStatus: 501, members: { Header: "If-None-Match" } },
      );
    }
    if (existing !== undefined) throw preconditionFailed("If-None-Match");
  }
  if (input.IfMatch !== undefined) {
    if (!sameTag(findObject(bucket, key).etag, input.IfMatch)) throw preconditionFailed("If-Match");
  }
  const body = Uint8Array.from(input.Body as Uint8Array);
  const object: ObjectRecord = {
    body,
    etag: `"${createHash("md5").update(body).digest("hex")}"`,
    contentType: input.ContentType ?? "binary/octet-stream",
    metadata: { ...input.Metadata },
    modifiedAt: world.clock.now(),
  };
  bucket.objects.set(key, object);
  return { ETag: object.etag, ServerSideEncryption: "AES256" };
};

/** The SDK's type of the body is that of the client's stream; the wire layer takes bytes. */
type GetObjectServed = Omit<GetObjectCommandOutput, "Body"> & { Body: Uint8Array };

const getObject: Served<GetObjectCommandInput, GetObjectServed> = ({ world }, input) => {
  const object = findObject(findBucket(world, input.Bucket), input.Key);
  checkRead(object, input);
  return { ...headOf(object), Body: object.body };
};

const headObject: Served<HeadObjectCommandInput, HeadObjectCommandOutput> = ({ world }, input) => {
  const object = findObject(findBucket(world, input.Bucket), input.Key);
  checkRead(object, input);
  return headOf(object);
};

const deleteObject: Served<DeleteObjectCommandInput, DeleteObjectCommandOutput> = (
  { world },
  input,
) => {
  const bucket = findBucket(world, input.Bucket);
  if (input.IfMatch !== undefined) {
    const existing = findObject(bucket, input.Key);
    if (input.IfMatch !== "*" && !sameTag(existing.etag, input.IfMatch)) {
      throw preconditionFailed("If-Match");
    }
  }
  bucket.objects.delete(input.Key ?? "");
  return {};
};

const deleteObjects: Served<DeleteObjectsCommandInput, DeleteObjectsCommandOutput> = (
  { world },
  input,
) => {
  const bucket = findBucket(world, input.Bucket);
  const keys = (input.Delete?.Objects ?? []).map(({ Key = "" }) => Key);
  for (const key of keys) bucket.objects.delete(key);
  return input.Delete?.Quiet === true ? {} : { Deleted: keys.map((Key) => ({ Key })) };
};

function headOf(object: ObjectRecord): Omit<HeadObjectCommandOutput, "$metadata"> {
  return {
    ETag: object.etag,
    ContentLength: object.body.byteLength,
    ContentType: object.contentType,
    LastModified: new Date(object.modifiedAt),
    Metadata: { ...object.metadata },
    AcceptRanges: "bytes",
    ServerSideEncryption: "AES256",
  };
}

function checkRead(
  object: ObjectRecord,
  input: { readonly IfMatch?: string | undefined; readonly IfNoneMatch?: string | undefined },
): void {
  if (input.IfMatch !== undefined && !sameTag(object.etag, input.IfMatch)) {
    throw preconditionFailed("If-Match");
  }
  if (input.IfNoneMatch !== undefined && sameTag(object.etag, input.IfNoneMatch)) {
    throw new ServiceError("NotModified", "Not Modified", { httpStatus: 304 });
  }
}

/** Clients send entity tags with and without their quotation marks. */
function sameTag(etag: string, given: string): boolean {
  return etag === given || etag === `"${given}"`;
}

function preconditionFailed(condition: string): ServiceError {
  return new ServiceError(
    "PreconditionFailed",
    "At least one of the pre-conditions you specified did not hold",
    { httpStatus: 412, members: { Condition: condition } },
  );
}

/** Operations on objects. */
export const objectHandlers: Readonly<Record<string, AnyHandler>> = {
  PutObject: putObject,
  GetObject: getObject,
  HeadObject: headObject,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
};
