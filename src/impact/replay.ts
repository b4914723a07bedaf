import type { CallGroups } from "../core/call-groups.ts";
import type { Assessed, Assessor } from "./assess.ts";
import type { Call } from "./call.ts";
import type { RecordColumn } from "./record-columns.ts";
import type { Coverage } from "./report.ts";
import { isoTime, type RowPlace } from "./rows.ts";
import { coverageTally } from "./tally.ts";
import type { GroupPlace, Verdict, Verdicts } from "./verdicts.ts";

/** Calls of which records have to be looked into. */
export interface OpenCalls {
  readonly eventSource: string;
  readonly eventName: string;
  /** What of the records decides; sorted. */
  readonly columns: readonly RecordColumn[];
}

/**
 * Replays calls that any engine gives: events one by one, or calls that are grouped.
 *
 * Grouped calls are given in two steps, and the answer is the same as that of all events one by one:
 *
 * 1. `addGroups`: all calls, grouped by `callColumns` (and days, or anything else: groups may come
 *    more than once). What their columns decide is counted.
 * 2. `open()` says of which events the records have to be looked into, and what of these. All calls
 *    of these events are given to `add`, with the members of `event` that `open` names; calls may be
 *    grouped by `callColumns` and these members. Those that the first step counted are passed over
 *    when `needsRecord` is asked before.
 */
export interface Replay {
  /** Adds a call. Its record is looked into where its key leaves the answer open. */
  add(call: Call): void;
  /** Adds grouped calls; those that stay open are left to `add`. */
  addGroups(groups: CallGroups): void;
  /** Whether the record of a call, which is given without, may settle what its key leaves open. */
  needsRecord(call: Call): boolean;
  /** What of the calls that `addGroups` took was left open; sorted. */
  open(): readonly OpenCalls[];
}

/** What replays have in common. */
export interface ReplayBase extends Replay {
  coverage(): Coverage;
  span(): { readonly first?: string; readonly last?: string };
}

/** Takes calls that were judged, exempt or not. */
export type TakeCalls = (
  assessed: Assessed,
  place: RowPlace,
  count: number,
  first: number,
  last: number,
  call: Call | undefined,
) => void;

/** Makes a replay over verdicts; `wants` says whether more is left open than by the assessor. */
export function createReplay(
  assessor: Assessor,
  verdicts: Verdicts,
  take: TakeCalls,
  wants: (place: GroupPlace) => readonly RecordColumn[] = () => nothing,
): ReplayBase {
  const tally = coverageTally();
  const left = new Map<
    string,
    { readonly verdict: Verdict; readonly columns: Set<RecordColumn> }
  >();
  /** By number of a verdict: calls that are not in the tally yet. */
  let counts = new Float64Array(1_024);
  const counted: Verdict[] = [];
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;

  const count = (verdict: Verdict, calls: number): void => {
    const { number } = verdict;
    if (number >= counts.length) {
      const more = new Float64Array(Math.max(number + 1, counts.length * 2));
      more.set(counts);
      counts = more;
    }
    if (counts[number] === 0) counted.push(verdict);
    counts[number] = (counts[number] as number) + calls;
  };
  const widen = (from: number, to: number): void => {
    if (from < first) first = from;
    if (to > last) last = to;
  };
  const flush = (): void => {
    for (const { number, pair, assessed, isDataEvent } of counted) {
      tally.add(pair, counts[number] as number, assessed, isDataEvent);
      counts[number] = 0;
    }
    counted.length = 0;
  };
  const columnsOf = (place: GroupPlace): readonly RecordColumn[] => {
    const { assessed } = place.verdict;
    const own = assessed.kind === "judged" ? assessed.open : nothing;
    const more = wants(place);
    return more.length === 0 ? own : [...own, ...more];
  };

  return {
    needsRecord: ({ key, isUntouched }) =>
      isUntouched !== true && columnsOf(verdicts.ofKey(key)).length > 0,
    open: () =>
      [...left.values()]
        .map(({ verdict, columns }) => ({
          eventSource: verdict.eventSource,
          eventName: verdict.eventName,
          columns: [...columns].sort(),
        }))
        .sort((a, b) =>
          `${a.eventSource} ${a.eventName}` < `${b.eventSource} ${b.eventName}` ? -1 : 1,
        ),
    add: (call) => {
      const place = verdicts.ofKey(call.key);
      const { verdict } = place;
      const from = Date.parse(call.first ?? "");
      const to = Date.parse(call.last ?? "");
      widen(from, to);
      const isOpen = verdict.assessed.kind === "judged" && verdict.assessed.open.length > 0;
      if (call.isUntouched === true || call.event === undefined || !isOpen) {
        count(verdict, call.count);
        if (call.isUntouched !== true) take(verdict.assessed, place, call.count, from, to, call);
        return;
      }
      const assessed = assessor.assess(call);
      tally.add(verdict.pair, call.count, assessed, verdict.isDataEvent);
      take(assessed, place, call.count, from, to, call);
    },
    addGroups: (groups) => {
      const { counts: sizes, first: starts, last: ends } = groups;
      verdicts.ofGroups(groups, (place, row) => {
        const { verdict } = place;
        const columns = columnsOf(place);
        if (columns.length > 0) {
          const open = left.get(verdict.pair) ?? { verdict, columns: new Set() };
          left.set(verdict.pair, open);
          for (const column of columns) open.columns.add(column);
          return;
        }
        const size = sizes[row] as number;
        const from = starts[row] as number;
        const to = ends[row] as number;
        count(verdict, size);
        widen(from, to);
        take(verdict.assessed, place, size, from, to, undefined);
      });
    },
    coverage: () => {
      flush();
      return tally.coverage();
    },
    span: () => (first <= last ? { first: isoTime(first), last: isoTime(last) } : {}),
  };
}

const nothing: readonly RecordColumn[] = [];
