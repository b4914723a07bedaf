import { globCovers } from "./glob.ts";

/** Comparisons of patterns after which a list is taken as too long to compare in full. */
const mostComparisons = 200_000;

/**
 * Pairs of places in a list of patterns: the first is covered by the second. Of equal patterns the
 * later is covered by the earlier. Equal ones are found by look-up; only patterns with a wildcard
 * are tried against the others, and not beyond a fixed number of tries.
 */
export function* covered(patterns: readonly string[]): Iterable<readonly [number, number]> {
  const first = new Map<string, number>();
  const distinct: number[] = [];
  for (const [index, pattern] of patterns.entries()) {
    const earlier = first.get(pattern);
    if (earlier !== undefined) yield [index, earlier];
    else {
      first.set(pattern, index);
      distinct.push(index);
    }
  }
  const wide = distinct.filter((index) => /[*?]/.test(patterns[index] ?? ""));
  let comparisons = 0;
  for (const narrow of distinct) {
    for (const candidate of wide) {
      if (candidate === narrow) continue;
      if (comparisons++ > mostComparisons) return;
      const pattern = patterns[candidate] ?? "";
      const other = patterns[narrow] ?? "";
      if (!globCovers(pattern, other)) continue;
      // Two patterns may cover each other (`**` and `*`): only the later is then superfluous.
      if (candidate > narrow && globCovers(other, pattern)) continue;
      yield [narrow, candidate];
      break;
    }
  }
}
