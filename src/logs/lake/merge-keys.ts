import { rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../core/app-error.ts";
import type { CallGroups } from "../../core/call-groups.ts";
import { writeFileAtomically } from "../../store/atomic-file.ts";
import { createParquetWriter } from "../parquet/parquet-writer.ts";
import { createTextPool } from "../record/text-pool.ts";
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

/** A batch is merged no more when it has this many keys: time and memory have a bound. */
const fullBatch = 1_000_000;

/** A month of a lake whose keys are to be merged. */
export interface MergeTask {
  /** The lake's. */
  readonly folder: string;
  readonly month: MonthCommits;
}

/** Who merges; this thread when not said. */
export interface MergeOptions {
  /** Merges the keys of a month, as {@link mergeMonth} does. */
  readonly merge?: (task: MergeTask) => Promise<void>;
  /** How many months are merged at a time. */
  readonly width?: number;
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
  { merge, width, signal }: MergeOptions = {},
): Promise<void> {
  const months = monthsOf(folder, listCommits(folder))
    .filter(({ open, isStale }) => open.length > 0 || isStale)
    .values();
  const lane = async (): Promise<void> => {
    for (const month of months) {
      signal?.throwIfAborted();
      await (merge ?? mergeMonth)({ folder, month });
    }
  };
  // All are waited for, also when one fails: nothing goes on behind the caller's back.
  const ended = await Promise.allSettled(Array.from({ length: width ?? 1 }, lane));
  signal?.throwIfAborted();
  for (const one of ended) if (one.status === "rejected") throw cannotWrite(folder, one.reason);
}

/** Merges the keys of a month. */
export async function mergeMonth({ folder, month: commitsOfMonth }: MergeTask): Promise<void> {
  const { month, batches, open, isStale } = commitsOfMonth;
  const made = batches.map(({ batch }) => batch).filter(isFull);
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
    if (keys.size() >= fullBatch) await close();
  };

  const again: CommitName[] = [];
  for (const { batch, commits: own } of batches) {
    if (isFull(batch)) continue;
    const groups = batch.parts.flatMap(({ path }) => readMerged(join(folder, path)) ?? []);
    if (groups.length === batch.parts.length) await take(groups, own);
    else again.push(...own);
  }
  let isNew = isStale || again.length > 0;
  for (const name of [...again, ...open]) {
    const groups = keysOf(folder, name);
    if (groups === undefined) continue;
    isNew = true;
    await take(groups, [name]);
  }
  if (!isNew) return;
  await close();
  const index: MonthIndex = { schemaVersion: 1, batches: made };
  await writeFileAtomically(join(folder, indexPath(month)), `${JSON.stringify(index)}\n`);
  await removeOthers(folder, month, made);
}

function isFull({ parts }: MonthBatch): boolean {
  return parts.reduce((sum, { rows }) => sum + rows, 0) >= fullBatch;
}

/** The keys of a commit. What cannot be read is left as it is: whoever asks for it is told. */
function keysOf(folder: string, name: CommitName): readonly CallGroups[] | undefined {
  try {
    const { keys } = readCommit(folder, name);
    return keys === undefined ? [] : [readKeys(join(folder, keys.path))];
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
