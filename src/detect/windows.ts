import type { Threshold } from "./rule.ts";

/** One hit of a rule that counts hits. */
export interface Counted {
  readonly timeMs: number;
  readonly event: string;
}

/** Hits in a row, each near the one before, that reached the threshold. */
export interface Burst {
  /** The first hit. */
  readonly first: Counted;
  readonly last: Counted;
  readonly count: number;
}

/** What is kept of the hits of one key; plain data. */
export interface WindowState {
  readonly key: string;
  readonly hits: readonly Counted[];
  /** Stretches of time, in milliseconds since the epoch, that were said already. */
  readonly said: readonly (readonly [fromMs: number, toMs: number])[];
}

/** Counts the hits of one rule and key. */
export interface Window {
  add(hit: Counted): void;
  /** The bursts that were not said yet; they are said now. */
  take(): readonly Burst[];
  state(key: string): WindowState;
}

/** So many of the latest hits are kept for each key: memory does not grow with an attack. */
const mostHits = 1_000;
const mostSaid = 100;

/** Opens a window, with what an earlier one kept. */
export function openWindow(
  { count, windowMs }: Omit<Threshold, "key">,
  kept: Pick<WindowState, "hits" | "said"> = { hits: [], said: [] },
): Window {
  const hits = new Map(kept.hits.map((hit) => [hit.event, hit]));
  let said = [...kept.said];
  let changed = false;
  const sorted = (): Counted[] =>
    [...hits.values()].sort(
      (a, b) => a.timeMs - b.timeMs || (a.event < b.event ? -1 : a.event > b.event ? 1 : 0),
    );
  const prune = (): void => {
    if (hits.size < mostHits * 2) return;
    for (const { event } of sorted().slice(0, -mostHits)) hits.delete(event);
  };
  return {
    add: (hit) => {
      if (hits.has(hit.event)) return;
      hits.set(hit.event, hit);
      changed = true;
      prune();
    },
    take: () => {
      if (!changed) return [];
      changed = false;
      const found: Burst[] = [];
      for (const burst of burstsOf(sorted(), count, windowMs)) {
        const from = burst.first.timeMs;
        const to = burst.last.timeMs;
        const near = ([start, end]: readonly [number, number]): boolean =>
          from <= end + windowMs && to >= start - windowMs;
        const earlier = said.filter(near);
        if (earlier.length === 0) found.push(burst);
        said = [
          ...said.filter((one) => !near(one)),
          [
            Math.min(from, ...earlier.map(([start]) => start)),
            Math.max(to, ...earlier.map(([, end]) => end)),
          ] as const,
        ].slice(-mostSaid);
      }
      return found;
    },
    state: (key) => ({ key, hits: sorted(), said }),
  };
}

/** Stretches in which some window holds enough hits; a stretch goes on while hits follow within one. */
function burstsOf(hits: readonly Counted[], count: number, windowMs: number): readonly Burst[] {
  const bursts: Burst[] = [];
  let stretch: Counted[] = [];
  let isBurst = false;
  const close = (): void => {
    const [first] = stretch;
    const last = stretch.at(-1);
    if (isBurst && first !== undefined && last !== undefined) {
      bursts.push({ first, last, count: stretch.length });
    }
    stretch = [];
    isBurst = false;
  };
  for (const hit of hits) {
    const last = stretch.at(-1);
    if (last !== undefined && hit.timeMs - last.timeMs > windowMs) close();
    stretch.push(hit);
    const start = stretch[stretch.length - count];
    if (start !== undefined && hit.timeMs - start.timeMs <= windowMs) isBurst = true;
  }
  close();
  return bursts;
}
