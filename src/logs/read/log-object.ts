import type { AccountId, RegionName } from "../../core/identifiers.ts";

/** A file or an object of S3 that may hold events. */
export interface LogObject {
  /** An absolute path, or `s3://bucket/key`. */
  readonly name: string;
  readonly size: number;
  /** Changes when the content does: the time of the last change, or the ETag. */
  readonly tag: string;
  /** What its name says, as trails name their files. */
  readonly account?: AccountId;
  readonly region?: RegionName;
  /** Day of delivery, `YYYY-MM-DD`. */
  readonly day?: string;
  /** From the folder, for organization trails. */
  readonly organization?: string;
}

/** An object, with its bytes where they do not lie on this machine's disk. */
export interface LogItem {
  readonly object: LogObject;
  readonly bytes?: Uint8Array;
  /** SHA-256 that the unpacked content must have, in hexadecimal, where a digest says it. */
  readonly sha256?: string;
}

const filePattern = /(?:^|\/)(\d{12})_CloudTrail_([a-z0-9-]+)_(\d{4})(\d{2})(\d{2})T\d{4}Z_[^/]*$/;

/**
 * What the name of a log file says; empty where it is not named as trails name their files.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
 */
export function readObjectName(
  name: string,
): Pick<LogObject, "account" | "region" | "day" | "organization"> {
  const match = filePattern.exec(name);
  const organization = /(?:^|\/)AWSLogs\/(o-[a-z0-9]{10,32})\//.exec(name)?.[1];
  const own = organization === undefined ? {} : { organization };
  if (match === null) return own;
  const [, account = "", region = "", year, month, day] = match;
  return { account, region, day: `${year}-${month}-${day}`, ...own };
}
