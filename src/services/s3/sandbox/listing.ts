import type {
  ListObjectsCommandInput,
  ListObjectsCommandOutput,
  ListObjectsV2CommandInput,
  ListObjectsV2CommandOutput,
} from "@aws-sdk/client-s3";
import type { AnyHandler } from "../../../sandbox/service.ts";
import { ServiceError } from "../../../sandbox/service.ts";
import type { Served } from "./served.ts";
import { type BucketRecord, findBucket } from "./state.ts";

/** What a listing of keys asks for. */
interface Listing {
  readonly prefix: string;
  readonly delimiter: string | undefined;
  /** Only keys after this one. */
  readonly after: string;
  readonly maxKeys: number;
}

/** Keys and common prefixes of a page, in the order of their bytes. */
interface ListingPage {
  readonly keys: readonly string[];
  readonly prefixes: readonly string[];
  /** The last key or prefix of the page, when there are more. */
  readonly next?: string;
}

const listObjectsV2: Served<ListObjectsV2CommandInput, ListObjectsV2CommandOutput> = (
  { world },
  input,
) => {
  const bucket = findBucket(world, input.Bucket);
  const token = input.ContinuationToken;
  const maxKeys = validMaxKeys(input.MaxKeys);
  const encode = encoder(input.EncodingType);
  const found = list(bucket, {
    prefix: input.Prefix ?? "",
    delimiter: input.Delimiter,
    after:
      token === undefined
        ? (input.StartAfter ?? "")
        : Buffer.from(token, "base64").toString("utf8"),
    maxKeys,
  });
  return {
    Name: bucket.name,
    Prefix: encode(input.Prefix ?? ""),
    ...(input.Delimiter === undefined ? {} : { Delimiter: encode(input.Delimiter) }),
    MaxKeys: maxKeys,
    KeyCount: found.keys.length + found.prefixes.length,
    IsTruncated: found.next !== undefined,
    Contents: contents(bucket, found.keys, encode),
    CommonPrefixes: found.prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
    ...(token === undefined ? {} : { ContinuationToken: token }),
    ...(input.StartAfter === undefined ? {} : { StartAfter: encode(input.StartAfter) }),
    ...(found.next === undefined
      ? {}
      : { NextContinuationToken: Buffer.from(found.next).toString("base64") }),
  };
};

const listObjects: Served<ListObjectsCommandInput, ListObjectsCommandOutput> = (
  { world },
  input,
) => {
  const bucket = findBucket(world, input.Bucket);
  const maxKeys = validMaxKeys(input.MaxKeys);
  const encode = encoder(input.EncodingType);
  const found = list(bucket, {
    prefix: input.Prefix ?? "",
    delimiter: input.Delimiter,
    after: input.Marker ?? "",
    maxKeys,
  });
  return {
    Name: bucket.name,
    Prefix: encode(input.Prefix ?? ""),
    Marker: encode(input.Marker ?? ""),
    ...(input.Delimiter === undefined ? {} : { Delimiter: encode(input.Delimiter) }),
    MaxKeys: maxKeys,
    IsTruncated: found.next !== undefined,
    Contents: contents(bucket, found.keys, encode),
    CommonPrefixes: found.prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
    ...(found.next === undefined ? {} : { NextMarker: encode(found.next) }),
  };
};

function list(bucket: BucketRecord, { prefix, delimiter, after, maxKeys }: Listing): ListingPage {
  const keys: string[] = [];
  const prefixes: string[] = [];
  if (maxKeys === 0) return { keys, prefixes };
  let last = after;
  for (const key of [...bucket.objects.keys()].sort(compareKeys)) {
    if (!key.startsWith(prefix)) continue;
    const cut = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    const entry = cut < 0 ? key : key.slice(0, cut + (delimiter?.length ?? 0));
    // A common prefix stands for all of its keys, those before the page's beginning too.
    if (compareKeys(entry, last) <= 0 || (cut >= 0 && after.startsWith(entry))) continue;
    if (keys.length + prefixes.length === maxKeys) return { keys, prefixes, next: last };
    (cut < 0 ? keys : prefixes).push(entry);
    last = entry;
  }
  return { keys, prefixes };
}

/** S3 sorts keys by their UTF-8 bytes. */
function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function contents(
  bucket: BucketRecord,
  keys: readonly string[],
  encode: (text: string) => string,
): NonNullable<ListObjectsV2CommandOutput["Contents"]> {
  return keys.flatMap((key) => {
    const object = bucket.objects.get(key);
    if (object === undefined) return [];
    return {
      Key: encode(key),
      LastModified: new Date(object.modifiedAt),
      ETag: object.etag,
      Size: object.body.byteLength,
      StorageClass: "STANDARD" as const,
    };
  });
}

function encoder(encodingType: string | undefined): (text: string) => string {
  return encodingType === "url"
    ? (text) => encodeURIComponent(text).replaceAll("%2F", "/")
    : (text) => text;
}

function validMaxKeys(maxKeys: number | undefined): number {
  const given = maxKeys ?? 1000;
  if (Number.isInteger(given) && given >= 0) return Math.min(given, 1000);
  throw new ServiceError(
    "InvalidArgument",
    "Argument maxKeys must be an integer between 0 and 2147483647",
  );
}

/** Operations that list objects. */
export const listingHandlers: Readonly<Record<string, AnyHandler>> = {
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
};
