import type { Aws } from "../../aws/aws.ts";
import type { Gap } from "../../core/read.ts";
import { athena } from "../../data/athena.ts";
import type { LogSelection } from "../source/log-source.ts";
import { s3Source } from "../source/s3-source.ts";

/** What a query over logs in S3 will read. */
export interface ScanEstimate {
  readonly objects: number;
  readonly bytes: number;
  /** What could not be listed: the query may read more. */
  readonly gaps: readonly Gap[];
}

/**
 * Adds up the objects that a query over those accounts and days reads. Athena charges bytes as they
 * lie in S3, packed.
 */
export async function estimateScan(options: {
  readonly aws: Aws;
  /** `s3://BUCKET/PREFIX`. */
  readonly location: string;
  readonly selection: LogSelection;
  readonly signal?: AbortSignal;
  readonly onProgress?: (objects: number, bytes: number) => void;
}): Promise<ScanEstimate> {
  const { aws, location, selection, signal } = options;
  const source = s3Source({
    aws,
    url: location,
    selection,
    ...(signal === undefined ? {} : { signal }),
  });
  let objects = 0;
  let bytes = 0;
  for await (const group of source.groups()) {
    objects += group.objects.length;
    for (const { size } of group.objects) bytes += size;
    options.onProgress?.(objects, bytes);
  }
  return { objects, bytes, gaps: source.gaps };
}

/** What Athena charges for a query that reads so many bytes, in US dollars. */
export function scanCost(bytes: number, perTerabyteUsd: number = athena.perTerabyteUsd): number {
  return (Math.max(bytes, athena.leastBytes) / 1e12) * perTerabyteUsd;
}

/** How many bytes may be read for so many US dollars. */
export function affordableBytes(
  usd: number,
  perTerabyteUsd: number = athena.perTerabyteUsd,
): number {
  return Math.floor((usd / perTerabyteUsd) * 1e12);
}
