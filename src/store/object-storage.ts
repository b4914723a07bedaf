import { randomUUID } from "node:crypto";
import { link, open, readdir, readFile, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Aws, CallOptions } from "../aws/aws.ts";
import { AwsError } from "../aws/aws-error.ts";
import { AppError } from "../core/app-error.ts";
import { makeDirectory, syncDirectory } from "./atomic-file.ts";
import { isErrorCode, reasonOf } from "./file-errors.ts";

/** Where snapshots lie: a folder, or a prefix of a bucket. Keys are separated by `/`. */
export interface ObjectStorage {
  /** For messages. */
  readonly name: string;
  /** Keys that begin so, sorted. */
  list(prefix: string): Promise<readonly string[]>;
  /** `undefined`: there is no such object. */
  read(key: string): Promise<Buffer | undefined>;
  /** Writes an object whole, or not at all when there is one: then it gives `false`. */
  create(key: string, bytes: Uint8Array): Promise<boolean>;
  remove(key: string): Promise<void>;
}

/** A folder. Files are made whole, reach the disk, and are readable by their owner only. */
export function folderStorage(folder: string): ObjectStorage {
  const pathOf = (key: string): string => join(folder, ...key.split("/"));
  const walk = async (below: string): Promise<string[]> => {
    try {
      const entries = await readdir(join(folder, below), { withFileTypes: true });
      const found = await Promise.all(
        entries.map(async (entry) => {
          const key = below === "" ? entry.name : `${below}/${entry.name}`;
          return entry.isDirectory() ? walk(key) : [key];
        }),
      );
      return found.flat();
    } catch (error) {
      if (isErrorCode(error, "ENOENT")) return [];
      throw failed(`cannot list \`${folder}\``, error);
    }
  };
  return {
    name: folder,
    list: async (prefix) => {
      const below = prefix.includes("/") ? prefix.slice(0, prefix.lastIndexOf("/")) : "";
      const keys = await walk(below);
      return keys.filter((key) => key.startsWith(prefix) && !key.endsWith(".tmp")).sort();
    },
    read: async (key) => {
      try {
        if (!(await stat(pathOf(key))).isFile()) return undefined;
        return await readFile(pathOf(key));
      } catch (error) {
        if (isErrorCode(error, "ENOENT", "ENOTDIR")) return undefined;
        throw failed(`cannot read \`${pathOf(key)}\``, error);
      }
    },
    create: async (key, bytes) => {
      const path = pathOf(key);
      const temporary = `${path}.${randomUUID()}.tmp`;
      await makeDirectory(dirname(path));
      try {
        const file = await open(temporary, "wx", 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        // Unlike a rename, a link never takes another file's place.
        await link(temporary, path);
        await syncDirectory(dirname(path));
        return true;
      } catch (error) {
        if (isErrorCode(error, "EEXIST")) return false;
        throw failed(`cannot write \`${path}\``, error);
      } finally {
        await rm(temporary, { force: true });
      }
    },
    remove: async (key) => {
      try {
        await rm(pathOf(key), { force: true });
      } catch (error) {
        throw failed(`cannot remove \`${pathOf(key)}\``, error);
      }
    },
  };
}

/** Where in S3, and how. */
export interface S3StorageOptions {
  readonly aws: Aws;
  readonly bucket: string;
  /** `""`, or ending in `/`. */
  readonly prefix: string;
  readonly region?: string;
  /** Key of AWS KMS that encrypts objects; what the bucket has by default when absent. */
  readonly kmsKey?: string;
  readonly signal?: AbortSignal;
}

/**
 * A prefix of a bucket. No object is ever overwritten: S3 makes one only if there is none
 * (`If-None-Match: *`). Throws `AwsError`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function s3Storage(options: S3StorageOptions): ObjectStorage {
  const { aws, bucket: Bucket, prefix, kmsKey } = options;
  const how: CallOptions = {
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  const read = async (key: string): Promise<Buffer | undefined> => {
    try {
      const { Body } = await aws.call("s3", "GetObject", { Bucket, Key: prefix + key }, how);
      return Buffer.from((await Body?.transformToByteArray()) ?? new Uint8Array());
    } catch (error) {
      if (error instanceof AwsError && error.details.awsCode === "NoSuchKey") return undefined;
      throw error;
    }
  };
  return {
    name: `s3://${Bucket}/${prefix}`,
    list: async (start) => {
      const keys: string[] = [];
      let token: string | undefined;
      do {
        const input = {
          Bucket,
          Prefix: prefix + start,
          ...(token === undefined ? {} : { ContinuationToken: token }),
        };
        const page: {
          readonly Contents?: readonly { readonly Key?: string | undefined }[] | undefined;
          readonly IsTruncated?: boolean | undefined;
          readonly NextContinuationToken?: string | undefined;
        } = await aws.call("s3", "ListObjectsV2", input, how);
        for (const { Key = "" } of page.Contents ?? []) keys.push(Key.slice(prefix.length));
        token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
      } while (token !== undefined);
      return keys.sort();
    },
    read,
    create: async (key, bytes) => {
      try {
        await aws.call(
          "s3",
          "PutObject",
          {
            Bucket,
            Key: prefix + key,
            Body: bytes,
            ContentType: key.endsWith(".json") ? "application/json" : "application/octet-stream",
            IfNoneMatch: "*",
            ...(kmsKey === undefined
              ? {}
              : { ServerSideEncryption: "aws:kms" as const, SSEKMSKeyId: kmsKey }),
          },
          // A second try is refused when the first one came through: what lies there is compared.
          { ...how, idempotent: true },
        );
        return true;
      } catch (error) {
        if (!isTaken(error)) throw error;
        return (await read(key))?.equals(bytes) === true;
      }
    },
    remove: async (key) => {
      await aws.call("s3", "DeleteObject", { Bucket, Key: prefix + key }, how);
    },
  };
}

function isTaken(error: unknown): boolean {
  return (
    error instanceof AwsError &&
    (error.details.awsCode === "PreconditionFailed" || error.details.httpStatus === 412)
  );
}

function failed(what: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError("ORGRAIL4291", `${what}: ${reasonOf(error)}`, { cause: error });
}
