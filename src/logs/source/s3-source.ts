import { gapOf } from "../../aws/attempt-read.ts";
import type { Aws, CallOptions } from "../../aws/aws.ts";
import type { Output } from "../../aws/operations.ts";
import { createPool } from "../../aws/pool.ts";
import { InputError } from "../../core/app-error.ts";
import type { RegionName } from "../../core/identifiers.ts";
import type { Gap } from "../../core/read.ts";
import { type LogObject, readObjectName } from "../read/log-object.ts";
import type { LogSelection, LogSource } from "./log-source.ts";
import { type LogListing, type LogTree, walkLogs } from "./walk-logs.ts";

/** A place in a bucket. */
export interface S3Place {
  readonly bucket: string;
  /** `""`, or ending in `/` unless it is one object's key. */
  readonly key: string;
}

/** Reads `s3://bucket/prefix`. Throws ORGRAIL4301. */
export function parseS3Url(url: string): S3Place {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(url);
  if (match === null) {
    throw new InputError(
      "ORGRAIL4301",
      `\`${url}\` is no place in S3`,
      [],
      "write s3://BUCKET/PREFIX",
    );
  }
  return { bucket: match[1] ?? "", key: match[2] ?? "" };
}

/** How a bucket is read. */
export interface S3SourceOptions {
  readonly aws: Aws;
  readonly url: string;
  readonly selection: LogSelection;
  /** Requests at one time; 32 when absent. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
}

/**
 * The logs in a bucket, by account, Region and month through prefixes. A prefix that may not be
 * listed becomes a gap; the rest goes on.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
export function s3Source(options: S3SourceOptions): LogSource {
  const { aws, url, selection } = options;
  const { bucket, key } = parseS3Url(url);
  const gaps: Gap[] = [];
  const pool = createPool(options.concurrency ?? 32);
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  let regionAsked: Promise<RegionName> | undefined;
  const where = async (): Promise<CallOptions> => {
    regionAsked ??= bucketRegion(aws, bucket, options.signal);
    return { region: await regionAsked, ...signal };
  };

  const listPages = async (prefix: string, delimiter?: "/"): Promise<LogListing> => {
    const folders: string[] = [];
    const objects: LogObject[] = [];
    try {
      let token: string | undefined;
      do {
        const call = await where();
        const page: Output<"s3", "ListObjectsV2"> = await pool(() =>
          aws.call(
            "s3",
            "ListObjectsV2",
            {
              Bucket: bucket,
              Prefix: prefix,
              ...(delimiter === undefined ? {} : { Delimiter: delimiter }),
              ...(token === undefined ? {} : { ContinuationToken: token }),
            },
            call,
          ),
        );
        for (const { Prefix = "" } of page.CommonPrefixes ?? []) {
          folders.push(Prefix.slice(prefix.length).replace(/\/$/, ""));
        }
        for (const { Key = "", Size = 0, ETag = "" } of page.Contents ?? []) {
          if (Key.endsWith("/") || Size === 0) continue;
          const name = `s3://${bucket}/${Key}`;
          objects.push({ name, size: Size, tag: ETag, ...readObjectName(name) });
        }
        token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
      } while (token !== undefined);
    } catch (error) {
      gaps.push(gapOf(error, `s3://${bucket}/${prefix}`));
    }
    return { folders, objects };
  };

  const tree: LogTree = {
    list: (folder) => listPages(folder, "/"),
    listAll: async (folder) => (await listPages(folder)).objects,
  };

  const get = (object: LogObject, stop?: AbortSignal): Promise<Output<"s3", "GetObject">> =>
    where().then((call) =>
      aws.call(
        "s3",
        "GetObject",
        { Bucket: bucket, Key: object.name.slice(`s3://${bucket}/`.length) },
        stop === undefined ? call : { ...call, signal: stop },
      ),
    );
  const bytesOf = async ({ Body }: Output<"s3", "GetObject">): Promise<Uint8Array> =>
    (await Body?.transformToByteArray()) ?? new Uint8Array();
  const folder = key === "" || key.endsWith("/") || isObject(key) ? key : `${key}/`;

  return {
    name: url,
    isLasting: true,
    gaps,
    takeGaps: () => gaps.splice(0),
    groups: () => walkLogs(tree, folder, selection),
    read: (object, stop) => pool(async () => bytesOf(await get(object, stop))),
    digests: async () => ({
      tree,
      folder,
      fetch: (object) =>
        pool(async () => {
          try {
            const answer = await get(object);
            const { signature } = answer.Metadata ?? {};
            const bytes = await bytesOf(answer);
            return { bytes, ...(signature === undefined ? {} : { signature }) };
          } catch (error) {
            gaps.push(gapOf(error, object.name));
            return undefined;
          }
        }),
    }),
  };
}

/** The Region of a bucket; where that may not be asked, the one that requests are signed for. */
export async function bucketRegion(
  aws: Aws,
  bucket: string,
  signal: AbortSignal | undefined,
): Promise<RegionName> {
  try {
    const { LocationConstraint } = await aws.call(
      "s3",
      "GetBucketLocation",
      { Bucket: bucket },
      signal === undefined ? {} : { signal },
    );
    // Buckets in us-east-1 have no constraint; the oldest ones in Ireland say `EU`.
    const said: string = LocationConstraint ?? "us-east-1";
    return said === "EU" ? "eu-west-1" : said;
  } catch (error) {
    // Whatever is wrong here is wrong with the next request too, and told there.
    gapOf(error, bucket);
    return aws.region;
  }
}

/** Whether a key names one object: then it is listed by its whole name. */
function isObject(key: string): boolean {
  return /\.(json|jsonl|ndjson|gz)$/.test(key);
}
