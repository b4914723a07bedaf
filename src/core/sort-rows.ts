/**
 * Puts rows in the order of their numbers, which are below `count`; those of the same number stay in the
 * order in which they are given. By several numbers: the one that weighs least first.
 */
export function sortRows(rows: Int32Array, numbers: Int32Array, count: number): Int32Array {
  const next = new Int32Array(count + 1);
  for (let at = 0; at < rows.length; at++) {
    const after = (numbers[rows[at] as number] as number) + 1;
    next[after] = (next[after] as number) + 1;
  }
  for (let at = 0; at < count; at++) next[at + 1] = (next[at + 1] as number) + (next[at] as number);
  const sorted = new Int32Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const number = numbers[row] as number;
    const to = next[number] as number;
    sorted[to] = row;
    next[number] = to + 1;
  }
  return sorted;
}

/** The rows below `count`, in order. */
export function allRows(count: number): Int32Array {
  const rows = new Int32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  return rows;
}
