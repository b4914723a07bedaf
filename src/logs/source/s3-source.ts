import { gapOf } from "../../aws/attempt-read.ts";
import type { Aws } from "../../aws/aws.ts";
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
  /** Region of the bucket, where it is not the one that requests are signed for. */
  readonly region?: RegionName;
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
  const call = {
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };

  const listPages = async (prefix: string, delimiter?: "/"): Promise<LogListing> => {
    const folders: string[] = [];
    const objects: LogObject[] = [];
    try {
      let token: string | undefined;
      do {
        const page = await pool(() =>
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

  return {
    name: url,
    isLasting: true,
    gaps,
    groups: () =>
      walkLogs(tree, key === "" || key.endsWith("/") || isObject(key) ? key : `${key}/`, selection),
    read: (object, signal) =>
      pool(async () => {
        const answer = await aws.call(
          "s3",
          "GetObject",
          { Bucket: bucket, Key: object.name.slice(`s3://${bucket}/`.length) },
          signal === undefined ? call : { ...call, signal },
        );
        return (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
      }),
  };
}

/** Whether a key names one object: then it is listed by its whole name. */
function isObject(key: string): boolean {
  return /\.(json|jsonl|ndjson|gz)$/.test(key);
}
