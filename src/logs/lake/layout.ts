import { join } from "node:path";

/** Where things lie in a lake's folder. */
export const lakeFolders = {
  /** `account=111122223333/day=2024-07-01/<commit>-<n>.parquet` */
  events: "events",
  /** `<account>/<YYYY-MM>/<commit>.parquet` */
  keys: "keys",
  /** `<YYYY-MM>/*.parquet`: the keys of a month's commits, merged, which `index.json` there lists. */
  months: "months",
  /** `<account>/<YYYY-MM>/<commit>.jsonl`: what was ingested, and what came of it. */
  commits: "commits",
  /** `<commit>.jsonl`: what could not be read. */
  rejected: "rejected",
  /** Work that is not committed; of no worth after a crash. */
  staging: "staging",
} as const;

/** The folder of an account's day, from the lake's folder. */
export function dayFolder(account: string, day: string): string {
  return join(lakeFolders.events, `account=${account}`, `day=${day}`);
}

/** Stands for the account where a record names none. */
export const unknownAccount = "unknown";
