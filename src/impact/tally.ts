import type { Coverage, Share, Unjudged } from "./report.ts";

/** What a call counts as. */
export interface Counted {
  readonly kind: "judged" | "exempt" | "unjudged";
  readonly reason?: string;
}

/** Counts calls and how they could be judged. */
export interface CoverageTally {
  /** Adds calls of a pair of service and event, `s3.amazonaws.com PutObject`. */
  add(pair: string, count: number, as: Counted, isDataEvent: boolean): void;
  coverage(): Coverage;
}

interface Sum {
  calls: number;
  readonly pairs: Map<string, number>;
}

/** Makes an empty tally. */
export function coverageTally(): CoverageTally {
  const all = noSum();
  const judged = noSum();
  const exempt = new Map<string, Sum>();
  const unjudged = new Map<string, Sum>();
  let dataEvents = 0;

  return {
    add: (pair, count, { kind, reason = "" }, isDataEvent) => {
      note(all, pair, count);
      if (isDataEvent) dataEvents += count;
      if (kind !== "unjudged") note(judged, pair, count);
      if (kind === "judged") return;
      const reasons = kind === "exempt" ? exempt : unjudged;
      const found = reasons.get(reason) ?? noSum();
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
  };
}

function noSum(): Sum {
  return { calls: 0, pairs: new Map() };
}

function note(into: Sum, pair: string, count: number): void {
  into.calls += count;
  into.pairs.set(pair, (into.pairs.get(pair) ?? 0) + count);
}

function shareOf({ calls, pairs }: Sum): Share {
  return { calls, pairs: pairs.size };
}

function listOf(reasons: ReadonlyMap<string, Sum>): readonly Unjudged[] {
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
