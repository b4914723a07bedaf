import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject } from "../../core/json.ts";
import { isErrorCode } from "../../store/file-errors.ts";
import type { LakeFile } from "./commit.ts";
import type { CommitName } from "./commit-files.ts";
import { lakeFolders } from "./layout.ts";

/** Merged keys of events of one calendar month. */
export interface MonthPart extends LakeFile {
  /** First and last day of the events, `YYYY-MM-DD`. */
  readonly firstDay: string;
  readonly lastDay: string;
}

/** Commits whose keys were merged together. */
export interface MonthBatch {
  /** By {@link batchName}; all of them are of the same month of delivery. */
  readonly commits: readonly string[];
  /** By the month of the events themselves: no two have a day in common. */
  readonly parts: readonly MonthPart[];
}

/**
 * What of a month of delivery is merged. It holds nothing that is not in the files of `keys`: where
 * it lacks a commit, or cannot be read, these are read.
 */
export interface MonthIndex {
  readonly schemaVersion: 1;
  readonly batches: readonly MonthBatch[];
}

/** How a batch names a commit, within its month. */
export function batchName({ account, id }: CommitName): string {
  return `${account}/${id}`;
}

/** The path of a month's index, from the lake's folder. */
export function indexPath(month: string): string {
  return join(lakeFolders.months, month, "index.json");
}

/** Reads a month's index; an empty one where there is none that this version knows. */
export function readMonthIndex(folder: string, month: string): MonthIndex {
  try {
    const parsed: unknown = JSON.parse(readFileSync(join(folder, indexPath(month)), "utf8"));
    if (isJsonObject(parsed) && parsed.schemaVersion === 1 && Array.isArray(parsed.batches)) {
      return parsed as unknown as MonthIndex;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError || isErrorCode(error, "ENOENT"))) throw error;
  }
  return { schemaVersion: 1, batches: [] };
}

/** Commits of a month of delivery, and which of them are merged. */
export interface MonthCommits {
  readonly month: string;
  /** Batches all of whose commits are there. */
  readonly batches: readonly { readonly batch: MonthBatch; readonly commits: CommitName[] }[];
  /** Commits of no such batch. */
  readonly open: readonly CommitName[];
  /** Whether the index has batches that do not count. */
  readonly isStale: boolean;
}

/** Sorts commits by month of delivery, and by what is merged of each. */
export function monthsOf(folder: string, commits: readonly CommitName[]): readonly MonthCommits[] {
  const byMonth = new Map<string, Map<string, CommitName>>();
  for (const commit of commits) {
    const own = byMonth.get(commit.month) ?? new Map<string, CommitName>();
    byMonth.set(commit.month, own.set(batchName(commit), commit));
  }
  return [...byMonth]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, open]) => {
      const index = readMonthIndex(folder, month);
      const batches = index.batches.flatMap((batch) => {
        const own = batch.commits.flatMap((name) => open.get(name) ?? []);
        // A commit that was deleted must not count; one that comes twice must count once.
        if (own.length !== batch.commits.length) return [];
        for (const name of batch.commits) open.delete(name);
        return [{ batch, commits: own }];
      });
      const isStale = batches.length !== index.batches.length;
      return { month, batches, open: [...open.values()], isStale };
    });
}
