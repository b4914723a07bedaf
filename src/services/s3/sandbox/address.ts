import type { WireRequest } from "../../../sandbox/wire/message.ts";

/**
 * Takes the bucket out of an address: from the host (`BUCKET.s3.REGION.amazonaws.com`,
 * `BUCKET.localhost`) or, path style, from the first segment of the path.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function s3Address({ host, path }: WireRequest): {
  path: string;
  labels: Record<string, string>;
} {
  const hosted = /^(.+)\.(?:s3[.-][\w.-]*amazonaws\.com|localhost)(?::\d+)?$/.exec(host)?.[1];
  if (hosted !== undefined) return { path, labels: { Bucket: hosted } };
  const [, bucket = "", key] = /^\/([^/]*)(?:\/(.*))?$/s.exec(path) ?? [];
  if (bucket === "") return { path: "/", labels: {} };
  return { path: `/${key ?? ""}`, labels: { Bucket: decodeURIComponent(bucket) } };
}
