import { resolve } from "node:path";
import type { Aws } from "../../aws/aws.ts";
import { InputError } from "../../core/app-error.ts";
import { folderStorage, s3Storage } from "../../store/object-storage.ts";
import {
  type SnapshotEntry,
  type SnapshotStore,
  snapshotStore,
} from "../../store/snapshot-store.ts";
import { connect } from "../connect.ts";
import type { Deps } from "../deps.ts";
import { parseTime } from "../parse-time.ts";

/** Opens a store of snapshots: a folder, or a prefix in S3, for which there must be a connection. */
export async function openStore(
  deps: Deps,
  place: string,
  aws: Aws | undefined,
  kmsKey?: string,
): Promise<SnapshotStore> {
  if (!place.startsWith("s3://")) {
    if (kmsKey !== undefined) {
      throw new InputError("ORGRAIL5414", "--kms-key is for a store in S3", [], "leave it out");
    }
    return snapshotStore(folderStorage(resolve(deps.cwd, place)));
  }
  const { bucketRegion, parseS3Url } = await import("../../logs/source/s3-source.ts");
  const { bucket, key } = parseS3Url(place);
  if (aws === undefined) throw new Error("no connection for a store in S3");
  return snapshotStore(
    s3Storage({
      aws,
      bucket,
      prefix: key === "" || key.endsWith("/") ? key : `${key}/`,
      region: await bucketRegion(aws, bucket, deps.signal),
      signal: deps.signal,
      ...(kmsKey === undefined ? {} : { kmsKey }),
    }),
  );
}

/** Opens a store for a command that only reads it, and closes what it connected. */
export async function withStore<T>(
  deps: Deps,
  place: string,
  use: (store: SnapshotStore) => Promise<T>,
): Promise<T> {
  const aws = place.startsWith("s3://") ? await connect(deps) : undefined;
  try {
    return await use(await openStore(deps, place, aws));
  } finally {
    aws?.close();
  }
}

/**
 * The snapshot of a store that was the latest at a time: `latest`, the id of a snapshot, or a time
 * as `--since` takes it.
 *
 * @throws InputError ORGRAIL5415 when there was none yet.
 */
export function entryAt(
  entries: readonly SnapshotEntry[],
  at: string,
  flag: string,
  nowMs: number,
): SnapshotEntry {
  const named = entries.find(({ id }) => id === at);
  if (named !== undefined) return named;
  const untilMs = at === "latest" ? Number.POSITIVE_INFINITY : parseTime(at, flag, nowMs, true);
  const found = entries.findLast(({ takenAt }) => Date.parse(takenAt) <= untilMs);
  if (found !== undefined) return found;
  const [first] = entries;
  throw new InputError(
    "ORGRAIL5415",
    first === undefined ? "the store is empty" : `the store has no snapshot of ${at} or before`,
    [],
    first === undefined
      ? "take one with `orgrail collect --store`"
      : `its first one is of ${first.takenAt}`,
  );
}
