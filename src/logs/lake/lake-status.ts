import { addCounts, type Commit, noCounts, type UnitCounts } from "./commit.ts";
import { listCommits } from "./commit-files.ts";
import type { Lake } from "./lake.ts";
import { monthsOf } from "./month-index.ts";

/** One account in a lake. */
export interface AccountStatus {
  readonly account: string;
  readonly events: number;
  readonly files: number;
  readonly bytes: number;
  /** First and last day with events, `YYYY-MM-DD`. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** Days in between without any event: from and to, both counted. */
  readonly missing: readonly { readonly from: string; readonly to: string }[];
  /** Events by day. */
  readonly days: Readonly<Record<string, number>>;
}

/** What a lake holds. */
export interface LakeStatus {
  readonly folder: string;
  readonly counts: UnitCounts;
  readonly commits: number;
  readonly files: number;
  /** Of events, keys and merged keys. */
  readonly bytes: number;
  /** Rows of `keys`. */
  readonly keys: number;
  readonly accounts: readonly AccountStatus[];
  readonly organizations: readonly string[];
  /** Objects that could not be read whole. */
  readonly problems: number;
}

/** Counts what a lake holds, from its commits. */
export async function lakeStatus(lake: Lake): Promise<LakeStatus> {
  let counts = noCounts;
  let commits = 0;
  let keys = 0;
  let keyBytes = 0;
  let problems = 0;
  const organizations = new Set<string>();
  const accounts = new Map<string, Omit<AccountStatus, "missing" | "firstDay" | "lastDay">>();
  for await (const commit of lake.commits()) {
    counts = addCounts(counts, commit.counts);
    commits += 1;
    keys += commit.keys?.rows ?? 0;
    keyBytes += commit.keys?.bytes ?? 0;
    problems += commit.problems.length;
    for (const organization of commit.organizations) organizations.add(organization);
    addFiles(accounts, commit);
  }
  const found = [...accounts.values()].map(withDays);
  return {
    folder: lake.folder,
    counts,
    commits,
    keys,
    files: found.reduce((sum, { files }) => sum + files, 0),
    bytes: found.reduce((sum, { bytes }) => sum + bytes, keyBytes + mergedBytes(lake.folder)),
    accounts: found.sort((a, b) => (a.account < b.account ? -1 : 1)),
    organizations: [...organizations].sort(),
    problems,
  };
}

/** Bytes of what is merged, by the indices of months. */
function mergedBytes(folder: string): number {
  return monthsOf(folder, listCommits(folder))
    .flatMap(({ batches }) => batches)
    .flatMap(({ batch }) => batch.parts)
    .reduce((sum, { bytes }) => sum + bytes, 0);
}

function addFiles(
  accounts: Map<string, Omit<AccountStatus, "missing" | "firstDay" | "lastDay">>,
  commit: Commit,
): void {
  for (const { account, day, rows, bytes } of commit.events) {
    const held = accounts.get(account) ?? { account, events: 0, files: 0, bytes: 0, days: {} };
    accounts.set(account, {
      account,
      events: held.events + rows,
      files: held.files + 1,
      bytes: held.bytes + bytes,
      days: Object.assign(held.days, { [day]: (held.days[day] ?? 0) + rows }),
    });
  }
}

function withDays(status: Omit<AccountStatus, "missing" | "firstDay" | "lastDay">): AccountStatus {
  const days = Object.keys(status.days).sort();
  const missing: { from: string; to: string }[] = [];
  for (const [index, day] of days.entries()) {
    const before = days[index - 1];
    if (before === undefined) continue;
    const from = shifted(before, 1);
    const to = shifted(day, -1);
    if (from <= to) missing.push({ from, to });
  }
  return { ...status, missing, firstDay: days[0] ?? "", lastDay: days.at(-1) ?? "" };
}

function shifted(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}
