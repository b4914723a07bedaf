/** Longer words are not compared: nothing of AWS is as long. */
const longest = 80;

/**
 * The word of a list that a misspelt word was probably meant to be: at most a quarter of its
 * letters differ. Case does not count.
 */
export function nearest(word: string, list: readonly string[]): string | undefined {
  if (word.length > longest) return undefined;
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 4)) + 1;
  for (const candidate of list) {
    if (Math.abs(candidate.length - wanted.length) >= least) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), least);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Insertions, deletions and replacements between two words; `limit` when there are as many. */
function editDistance(a: string, b: string, limit: number): number {
  let row: number[] = [];
  for (let j = 0; j <= b.length; j++) row.push(j);
  for (let i = 1; i <= a.length; i++) {
    const code = a.charCodeAt(i - 1);
    const next = [i];
    let left = i;
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const above = (row[j] ?? 0) + 1;
      const across = (row[j - 1] ?? 0) + (code === b.charCodeAt(j - 1) ? 0 : 1);
      left = Math.min(left + 1, above, across);
      next.push(left);
      if (left < least) least = left;
    }
    if (least >= limit) return limit;
    row = next;
  }
  return row[b.length] ?? limit;
}
