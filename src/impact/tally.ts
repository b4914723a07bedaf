import type { Call } from "./call.ts";
import type { Coverage, Share, Unjudged } from "./report.ts";

/** Counts calls and how they could be judged. */
export interface CoverageTally {
  add(call: Call, kind: "judged" | "exempt" | "unjudged", reason?: string): void;
  coverage(): Coverage;
  span(): { readonly first?: string; readonly last?: string };
}

interface Counted {
  calls: number;
  readonly pairs: Map<string, number>;
}

/** Makes an empty tally. */
export function coverageTally(): CoverageTally {
  const all = counted();
  const judged = counted();
  const exempt = new Map<string, Counted>();
  const unjudged = new Map<string, Counted>();
  const span: { first?: string; last?: string } = {};
  let dataEvents = 0;

  return {
    add: (call, kind, reason = "") => {
      const { key, count } = call;
      const pair = `${key.eventSource ?? "-"} ${key.eventName ?? "-"}`;
      note(all, pair, count);
      widen(span, call);
      if (key.eventCategory === "Data") dataEvents += count;
      if (kind !== "unjudged") note(judged, pair, count);
      if (kind === "judged") return;
      const reasons = kind === "exempt" ? exempt : unjudged;
      const found = reasons.get(reason) ?? counted();
      reasons.set(reason, found);
      note(found, pair, count);
    },
    coverage: () => ({
      all: shareOf(all),
      judged: shareOf(judged),
      exempt: listOf(exempt),
      unjudged: listOf(unjudged),
      dataEvents,
    }),
    span: () => ({ ...span }),
  };
}

/** Widens a span of time by a call's. */
export function widen(span: { first?: string; last?: string }, { first, last }: Call): void {
  if (first !== undefined && (span.first === undefined || first < span.first)) span.first = first;
  if (last !== undefined && (span.last === undefined || last > span.last)) span.last = last;
}

function counted(): Counted {
  return { calls: 0, pairs: new Map() };
}

function note(into: Counted, pair: string, count: number): void {
  into.calls += count;
  into.pairs.set(pair, (into.pairs.get(pair) ?? 0) + count);
}

function shareOf({ calls, pairs }: Counted): Share {
  return { calls, pairs: pairs.size };
}

function listOf(reasons: ReadonlyMap<string, Counted>): readonly Unjudged[] {
  return [...reasons]
    .map(([reason, found]) => ({
      reason,
      ...shareOf(found),
      examples: [...found.pairs]
        .sort(([a, n], [b, m]) => m - n || compareTexts(a, b))
        .slice(0, 3)
        .map(([pair]) => pair),
    }))
    .sort((a, b) => b.calls - a.calls || compareTexts(a.reason, b.reason));
}

/** Orders texts by their code units. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
