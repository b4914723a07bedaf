import { join } from "node:path";
import type { CallGroups } from "../../core/call-groups.ts";
import type { LakeRange } from "../duckdb/lake-views.ts";
import { type CommitName, listCommits, readCommit } from "./commit-files.ts";
import { dayBounds, dayOf } from "./days.ts";
import { pickRows, readKeys, readMerged } from "./key-files.ts";
import type { Lake } from "./lake.ts";
import { type MonthBatch, monthsOf } from "./month-index.ts";

/** The columns of `keys` as groups of calls, and the days that have any. */
export interface LakeKeys {
  readonly groups: CallGroups;
  /** First and last day of the rows, `YYYY-MM-DD`. */
  readonly firstDay: string;
  readonly lastDay: string;
}

/**
 * Gives what the lake holds of calls by their keys, without DuckDB: the files are the lake's own, and
 * texts stay numbers. What is merged is read so, month by month; of months that lie in the range in
 * part, of new commits, and where merged files cannot be read, each commit's own file is. A key comes
 * as often as there are files with it, and days in the latter.
 *
 * @throws AppError ORGRAIL4311 when a file cannot be read
 */
export async function* readLakeKeys(
  { folder }: Pick<Lake, "folder">,
  range: LakeRange = {},
): AsyncGenerator<LakeKeys, void, undefined> {
  for (const { batches, open } of monthsOf(folder, listCommits(folder))) {
    for (const { batch, commits } of batches) yield* batchKeys(folder, batch, commits, range);
    yield* commitKeys(folder, open, range);
  }
}

function* batchKeys(
  folder: string,
  { parts }: MonthBatch,
  commits: readonly CommitName[],
  range: LakeRange,
): Generator<LakeKeys> {
  // All rows of a merged file that is read are within its days.
  const accounts = range.accounts === undefined ? {} : { accounts: range.accounts };
  for (const { path, firstDay, lastDay } of parts) {
    const from = later(firstDay, range.from);
    const to = earlier(lastDay, range.to);
    if (from > to) continue;
    const groups = from === firstDay && to === lastDay ? readMerged(join(folder, path)) : undefined;
    if (groups === undefined) yield* commitKeys(folder, commits, { ...range, from, to });
    else yield* keysWithin(groups, accounts);
  }
}

function* commitKeys(
  folder: string,
  names: readonly CommitName[],
  range: LakeRange,
): Generator<LakeKeys> {
  const { accounts, from, to } = range;
  for (const name of names) {
    const { events, keys } = readCommit(folder, name);
    const isWanted = events.some(
      ({ account, day }) =>
        accounts?.has(account) !== false &&
        (from === undefined || day >= from) &&
        (to === undefined || day <= to),
    );
    if (isWanted && keys !== undefined) yield* keysWithin(readKeys(join(folder, keys.path)), range);
  }
}

function* keysWithin(groups: CallGroups, range: LakeRange): Generator<LakeKeys> {
  const { accounts, from, to } = range;
  const isAll = accounts === undefined && from === undefined && to === undefined;
  const rows = isAll ? undefined : rowsWithin(groups, range);
  const kept = rows === undefined || rows.length === groups.size ? groups : pickRows(groups, rows);
  if (kept.size === 0) return;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < kept.size; row++) {
    if ((kept.first[row] as number) < first) first = kept.first[row] as number;
    if ((kept.last[row] as number) > last) last = kept.last[row] as number;
  }
  yield { groups: kept, firstDay: dayOf(first), lastDay: dayOf(last) };
}

function rowsWithin({ size, texts, first }: CallGroups, range: LakeRange): Int32Array {
  const { accounts, from, to } = range;
  const least = from === undefined ? Number.NEGATIVE_INFINITY : dayBounds(from).fromMs;
  const most = to === undefined ? Number.POSITIVE_INFINITY : dayBounds(to).toMs;
  const { ids, texts: names } = texts.recipientAccountId;
  const isWanted = names.map((name) => accounts?.has(name) !== false);
  const rows = new Int32Array(size);
  let count = 0;
  for (let row = 0; row < size; row++) {
    const ms = first[row] as number;
    if (ms >= least && ms < most && isWanted[ids[row] as number] === true) rows[count++] = row;
  }
  return rows.subarray(0, count);
}

function later(day: string, other: string | undefined): string {
  return other !== undefined && other > day ? other : day;
}

function earlier(day: string, other: string | undefined): string {
  return other !== undefined && other < day ? other : day;
}
