/**
 * Whether a pattern with `*` and `?` matches a whole text. Case matters. Steps back to the last
 * `*` only, so that the time is at most the product of the two lengths, whatever the pattern.
 */
export function globMatches(pattern: string, text: string): boolean {
  return walk(pattern, text, (p, t) => p === 63 || p === t);
}

/**
 * Whether a pattern matches every text that another pattern matches. Never says yes wrongly; may
 * say no for patterns that cover each other in a way that only shows by trying (`?*` and `*?`).
 */
export function globCovers(wide: string, narrow: string): boolean {
  // A `*` of the narrow pattern is a text of any length, which only a `*` can swallow.
  return walk(wide, narrow, (w, n) => n !== 42 && (w === 63 || w === n));
}

/** Longer patterns are taken to overlap: no ARN and no name of AWS is that long. */
const longestCompared = 4096;

/** Whether some text matches both patterns. */
export function globsOverlap(a: string, b: string): boolean {
  if (a.length > longestCompared || b.length > longestCompared) return true;
  const left = a.replace(/\*+/g, "*");
  const right = b.replace(/\*+/g, "*");
  // Reachability over pairs of places; rows keep the memory linear.
  let row = new Uint8Array(right.length + 1);
  row[0] = 1;
  for (let j = 1; j <= right.length && right[j - 1] === "*"; j++) row[j] = 1;
  for (let i = 1; i <= left.length; i++) {
    const next = new Uint8Array(right.length + 1);
    const p = left[i - 1];
    next[0] = p === "*" ? (row[0] ?? 0) : 0;
    for (let j = 1; j <= right.length; j++) {
      const q = right[j - 1];
      if (p === "*" || q === "*") {
        next[j] = (row[j] ?? 0) | (next[j - 1] ?? 0) | (row[j - 1] ?? 0);
      } else if (p === "?" || q === "?" || p === q) next[j] = row[j - 1] ?? 0;
    }
    row = next;
  }
  return row[right.length] === 1;
}

function walk(
  pattern: string,
  text: string,
  same: (pattern: number, text: number) => boolean,
): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    const code = p < pattern.length ? pattern.charCodeAt(p) : -1;
    if (code === 42) {
      star = p++;
      resume = t;
    } else if (code >= 0 && same(code, text.charCodeAt(t))) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (p < pattern.length && pattern.charCodeAt(p) === 42) p++;
  return p === pattern.length;
}
