import { rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../core/app-error.ts";
import type { CallGroups } from "../../core/call-groups.ts";
import { writeFileAtomically } from "../../store/atomic-file.ts";
import { createParquetWriter } from "../parquet/parquet-writer.ts";
import { createTextPool } from "../record/text-pool.ts";
import type { LakeFile } from "./commit.ts";
import { type CommitName, listCommits, namesIn, readCommit } from "./commit-files.ts";
import { dayOf } from "./days.ts";
import { readKeys, readMerged } from "./key-files.ts";
import { cannotWrite, newUnitId, type WritableLake } from "./lake.ts";
import { lakeFolders } from "./layout.ts";
import { createMergedKeys } from "./merged-keys.ts";
import {
  batchName,
  indexPath,
  type MonthBatch,
  type MonthCommits,
  type MonthIndex,
  type MonthPart,
  monthsOf,
} from "./month-index.ts";

/** A batch of this many keys takes about 150 MB to merge. */
const mostKeysOfBatch = 400_000;
/**
 * What has more than so many times the keys that come anew is left for later: a key is merged again a
 * few times, however little is added at a time.
 */
const mostGrowth = 4;

/** Reading the keys of so many commits takes longer than reading what they come to. */
const leastCommits = 1_000;

/** A month of a lake whose keys are to be merged. */
export interface MergeTask {
  /** The lake's. */
  readonly folder: string;
  readonly month: MonthCommits;
  /** A batch that has this many keys is merged no more; 400,000 when not said. */
  readonly mostKeys?: number;
}

/** Who merges; this thread when not said. */
export interface MergeOptions {
  /** Merges the keys of a month, as {@link mergeMonth} does. */
  readonly merge?: (task: MergeTask) => Promise<void>;
  /** How many months are merged at a time. */
  readonly width?: number;
  /** As a {@link MergeTask} has it. */
  readonly mostKeys?: number;
  /**
   * Below so many keys that are not merged, in fewer than a thousand commits, all is left for later;
   * 0 when not said.
   */
  readonly leastKeys?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Merges the keys of what was committed since the last time, month by month of delivery, into few
 * files that leave days out: most callers do the same on many days. Nothing depends on them; a
 * crash leaves files that no index lists, and the next merge takes them away.
 *
 * @throws AppError ORGRAIL4312 when the lake cannot be written
 */
export async function mergeKeys(
  { folder }: Pick<WritableLake, "folder">,
  { merge = mergeMonth, width = 1, mostKeys, leastKeys = 0, signal }: MergeOptions = {},
): Promise<void> {
  const wanting = monthsOf(folder, listCommits(folder)).filter(
    ({ open, isStale }) => open.length > 0 || isStale,
  );
  if (!wanting.some(({ isStale }) => isStale) && isFew(folder, wanting, leastKeys)) return;
  const months = wanting.values();
  const lane = async (): Promise<void> => {
    for (const month of months) {
      signal?.throwIfAborted();
      await merge({ folder, month, ...(mostKeys === undefined ? {} : { mostKeys }) });
    }
  };
  // All are waited for, also when one fails: nothing goes on behind the caller's back.
  const ended = await Promise.allSettled(Array.from({ length: width }, lane));
  signal?.throwIfAborted();
  for (const one of ended) if (one.status === "rejected") throw cannotWrite(folder, one.reason);
}

/** Whether so little is not merged that to read it as it is takes no longer than to merge it. */
function isFew(folder: string, months: readonly MonthCommits[], leastKeys: number): boolean {
  const open = months.flatMap((month) => month.open);
  if (open.length >= leastCommits) return false;
  let keys = 0;
  for (const name of open) {
    keys += readableKeys(folder, name)?.rows ?? 0;
    if (keys >= leastKeys) return false;
  }
  return true;
}

/** Merges the keys of a month. */
export async function mergeMonth(task: MergeTask): Promise<void> {
  const { folder, mostKeys = mostKeysOfBatch } = task;
  const { month, batches, open, isStale } = task.month;
  const made = batches.map(({ batch }) => batch).filter((batch) => rowsOf(batch) >= mostKeys);
  const pool = createTextPool();
  const writer = createParquetWriter(pool);
  let keys = createMergedKeys(pool);
  let commits: string[] = [];

  const close = async (): Promise<void> => {
    if (commits.length === 0) return;
    const parts: MonthPart[] = [];
    for (const { rows, columns, firstMs, lastMs } of keys.parts()) {
      const path = [lakeFolders.months, month, `${newUnitId()}.parquet`].join("/");
      const bytes = writer.write(columns, rows, false);
      await writeFileAtomically(join(folder, path), bytes);
      const span = { firstDay: dayOf(firstMs), lastDay: dayOf(lastMs) };
      parts.push({ path, rows, bytes: bytes.length, ...span });
    }
    made.push({ commits, parts });
    commits = [];
    pool.clear();
    keys = createMergedKeys(pool);
  };
  const take = async (
    groups: readonly CallGroups[],
    names: readonly CommitName[],
  ): Promise<void> => {
    for (const one of groups) keys.add(one);
    for (const name of names) commits.push(batchName(name));
    if (keys.size() >= mostKeys) await close();
  };

  let isNew = isStale;
  const takeCommits = async (names: readonly CommitName[]): Promise<void> => {
    for (const name of names) {
      const groups = keysOf(folder, name);
      if (groups === undefined) continue;
      isNew = true;
      await take(groups, [name]);
    }
  };
  await takeCommits(open);
  if (!isNew) return;
  const growing = batches
    .filter(({ batch }) => rowsOf(batch) < mostKeys)
    .sort((a, b) => rowsOf(a.batch) - rowsOf(b.batch));
  for (const { batch, commits: own } of growing) {
    if (rowsOf(batch) > keys.size() * mostGrowth) {
      made.push(batch);
      continue;
    }
    const groups = batch.parts.flatMap(({ path }) => readMerged(join(folder, path)) ?? []);
    if (groups.length === batch.parts.length) await take(groups, own);
    else await takeCommits(own);
  }
  await close();
  const index: MonthIndex = { schemaVersion: 1, batches: made };
  await writeFileAtomically(join(folder, indexPath(month)), `${JSON.stringify(index)}\n`);
  await removeOthers(folder, month, made);
}

function rowsOf({ parts }: MonthBatch): number {
  return parts.reduce((sum, { rows }) => sum + rows, 0);
}

/** The file of a commit's keys; none where it has none, or cannot be read. */
function readableKeys(folder: string, name: CommitName): LakeFile | undefined {
  return unlessUnreadable(() => readCommit(folder, name).keys);
}

/** The keys of a commit. What cannot be read is left as it is: whoever asks for it is told. */
function keysOf(folder: string, name: CommitName): readonly CallGroups[] | undefined {
  return unlessUnreadable(() => {
    const { keys } = readCommit(folder, name);
    return keys === undefined ? [] : [readKeys(join(folder, keys.path))];
  });
}

function unlessUnreadable<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError && error.code === "ORGRAIL4311") return undefined;
    throw error;
  }
}

/** Takes away the merged files that the index lists no more, or that a crash left. */
async function removeOthers(
  folder: string,
  month: string,
  batches: readonly MonthBatch[],
): Promise<void> {
  const listed = new Set(batches.flatMap(({ parts }) => parts.map(({ path }) => path)));
  for (const name of namesIn(join(folder, lakeFolders.months, month))) {
    const path = [lakeFolders.months, month, name].join("/");
    if (name !== "index.json" && !listed.has(path)) await rm(join(folder, path), { force: true });
  }
}
