import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../../core/app-error.ts";
import {
  type CallColumn,
  type CallGroups,
  callColumns,
  type TextColumn,
} from "../../core/call-groups.ts";
import { reasonOf } from "../../store/atomic-file.ts";
import type { LakeRange } from "../duckdb/lake-views.ts";
import { readColumns } from "../parquet/read-columns.ts";
import type { Lake } from "./lake.ts";

/** The columns of `keys` as groups of calls, and the days that have any. */
export interface LakeKeys {
  readonly groups: CallGroups;
  /** First and last day of the file's rows within the range, `YYYY-MM-DD`. */
  readonly firstDay: string;
  readonly lastDay: string;
}

const dayMs = 86_400_000;

/**
 * Gives what the lake holds of calls by their keys, a commit's at a time, without DuckDB: the files
 * are the lake's own, and texts stay numbers. A key comes as often as there are commits and days
 * with it.
 *
 * @throws AppError ORGRAIL4311 when a file cannot be read
 */
export async function* readLakeKeys(
  lake: Lake,
  range: LakeRange = {},
): AsyncGenerator<LakeKeys, void, undefined> {
  for await (const path of keyFiles(lake, range)) yield* groupsOf(path, range);
}

async function* keyFiles(
  lake: Lake,
  { accounts, from, to }: LakeRange,
): AsyncGenerator<string, void, undefined> {
  for await (const { events, keys } of lake.commits()) {
    const isWanted = events.some(
      ({ account, day }) =>
        accounts?.has(account) !== false &&
        (from === undefined || day >= from) &&
        (to === undefined || day <= to),
    );
    if (isWanted && keys !== undefined) yield join(lake.folder, keys.path);
  }
}

function damaged(path: string, error: unknown): AppError {
  return new AppError("ORGRAIL4311", `cannot read \`${path}\` of the lake: ${reasonOf(error)}`, {
    hint: "ingest into a new folder: the logs are what counts",
    cause: error,
  });
}

function* groupsOf(path: string, range: LakeRange): Generator<LakeKeys> {
  let groups: CallGroups;
  let days: Float64Array;
  try {
    const columns = readColumns(readFileSync(path));
    const texts = Object.fromEntries(
      callColumns.map((name) => [name, columns.texts(name)]),
    ) as Record<CallColumn, TextColumn>;
    groups = {
      size: columns.rows,
      texts,
      counts: columns.numbers("count"),
      first: columns.numbers("firstTime"),
      last: columns.numbers("lastTime"),
    };
    days = columns.numbers("day");
  } catch (error) {
    throw damaged(path, error);
  }
  const isWhole =
    range.accounts === undefined && range.from === undefined && range.to === undefined;
  const wanted = isWhole ? undefined : rowsWithin(groups, days, range);
  const kept =
    wanted === undefined || wanted.length === groups.size ? groups : pick(groups, wanted);
  if (kept.size === 0) return;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < kept.size; index++) {
    const day = days[wanted === undefined ? index : (wanted[index] as number)] as number;
    if (day < least) least = day;
    if (day > most) most = day;
  }
  yield { groups: kept, firstDay: dayText(least), lastDay: dayText(most) };
}

function rowsWithin({ size, texts }: CallGroups, days: Float64Array, range: LakeRange): Int32Array {
  const { accounts, from, to } = range;
  const least = from === undefined ? Number.NEGATIVE_INFINITY : dayNumber(from);
  const most = to === undefined ? Number.POSITIVE_INFINITY : dayNumber(to);
  const { ids, texts: names } = texts.recipientAccountId;
  const isWanted = names.map((name) => accounts?.has(name) !== false);
  const rows = new Int32Array(size);
  let count = 0;
  for (let row = 0; row < size; row++) {
    const day = days[row] as number;
    if (day >= least && day <= most && isWanted[ids[row] as number] === true) rows[count++] = row;
  }
  return rows.subarray(0, count);
}

function pick(groups: CallGroups, rows: Int32Array): CallGroups {
  const numbers = (from: Float64Array): Float64Array =>
    Float64Array.from(rows, (row) => from[row] as number);
  const texts = Object.fromEntries(
    callColumns.map((name) => {
      const { ids, texts: all } = groups.texts[name];
      return [name, { ids: rows.map((row) => ids[row] as number), texts: all }];
    }),
  ) as Record<CallColumn, TextColumn>;
  return {
    size: rows.length,
    texts,
    counts: numbers(groups.counts),
    first: numbers(groups.first),
    last: numbers(groups.last),
  };
}

function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / dayMs);
}

function dayText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}
