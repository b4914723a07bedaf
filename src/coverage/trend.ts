import { cellsOf } from "./filter.ts";
import type { Matrix, MatrixAccount } from "./matrix.ts";
import { type SummaryGroup, summarize, totalOf } from "./summary.ts";

/** What was covered at one time. */
export interface TrendPoint {
  readonly takenAt: string;
  readonly total: SummaryGroup;
  readonly services: readonly SummaryGroup[];
}

/** What was covered from time to time, the earliest first. */
export function trend(matrices: readonly Matrix[]): readonly TrendPoint[] {
  return inOrder(matrices).map((matrix) => ({
    takenAt: matrix.takenAt,
    total: totalOf(matrix),
    services: summarize(matrix, "service"),
  }));
}

/** An account that joined lately, and how long it waited until all was on. */
export interface Newcomer {
  readonly account: MatrixAccount;
  /** Milliseconds until the first snapshot in which nothing lacked; until the last one if still. */
  readonly waitedMs: number;
  /** Cells that are off or partial, and unknown or stale, in the last snapshot. */
  readonly open: number;
  readonly unknown: number;
  readonly isWaiting: boolean;
}

/** Accounts that joined within so many milliseconds before the last snapshot, the newest first. */
export function newcomers(matrices: readonly Matrix[], withinMs: number): readonly Newcomer[] {
  const sorted = inOrder(matrices);
  const last = sorted.at(-1);
  if (last === undefined) return [];
  const endMs = Date.parse(last.takenAt);
  const lacks = sorted.map((matrix) => ({ atMs: Date.parse(matrix.takenAt), by: lacksOf(matrix) }));
  return last.accounts
    .filter(({ joinedAt, state }) => {
      const joinedMs = Date.parse(joinedAt);
      return state === "ACTIVE" && joinedMs >= endMs - withinMs && joinedMs <= endMs;
    })
    .map((account): Newcomer => {
      const joinedMs = Date.parse(account.joinedAt);
      const complete = lacks.find(({ by }) => {
        const found = by.get(account.id);
        return found !== undefined && found.open + found.unknown === 0;
      });
      const now = lacks.at(-1)?.by.get(account.id) ?? { open: 0, unknown: 0 };
      return {
        account,
        waitedMs: (complete?.atMs ?? endMs) - joinedMs,
        ...now,
        isWaiting: complete === undefined,
      };
    })
    .sort((a, b) => Date.parse(b.account.joinedAt) - Date.parse(a.account.joinedAt));
}

function lacksOf(
  matrix: Matrix,
): ReadonlyMap<string, { readonly open: number; readonly unknown: number }> {
  const found = new Map<string, { open: number; unknown: number }>();
  for (const { account, verdict } of cellsOf(matrix)) {
    let lacks = found.get(account.id);
    if (lacks === undefined) {
      lacks = { open: 0, unknown: 0 };
      found.set(account.id, lacks);
    }
    if (verdict.state === "off" || verdict.state === "partial") lacks.open += 1;
    if (verdict.state === "unknown" || verdict.state === "stale") lacks.unknown += 1;
  }
  return found;
}

function inOrder(matrices: readonly Matrix[]): readonly Matrix[] {
  return [...matrices].sort((a, b) => (a.takenAt < b.takenAt ? -1 : a.takenAt > b.takenAt ? 1 : 0));
}
