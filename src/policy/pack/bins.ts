/** How many tries an exact search may take before the best packing so far is kept. */
const mostTries = 200_000;

/**
 * Puts items into as few bins as it finds: first fit, largest first; where that needs more than the
 * sizes alone demand, a bounded exact search. Items larger than a bin must not be given.
 *
 * @returns the indexes of the items in each bin, and the least number of bins that sizes allow.
 */
export function packBins(
  sizes: readonly number[],
  capacity: number,
): { readonly bins: readonly (readonly number[])[]; readonly lowerBound: number } {
  const order = sizes.map((_, index) => index).sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const lowerBound = Math.ceil(total / capacity);
  let best = firstFit(order, sizes, capacity);
  let tries = 0;
  const place = (next: number, bins: { free: number; items: number[] }[]): void => {
    if (best.length === lowerBound || tries++ > mostTries || bins.length >= best.length) return;
    const item = order[next];
    if (item === undefined) {
      best = bins.map(({ items }) => [...items]);
      return;
    }
    const size = sizes[item] ?? 0;
    const tried = new Set<number>();
    for (const bin of bins) {
      // Bins with the same room left are alike.
      if (bin.free < size || tried.has(bin.free)) continue;
      tried.add(bin.free);
      bin.free -= size;
      bin.items.push(item);
      place(next + 1, bins);
      bin.items.pop();
      bin.free += size;
    }
    bins.push({ free: capacity - size, items: [item] });
    place(next + 1, bins);
    bins.pop();
  };
  if (best.length > lowerBound && sizes.length <= 1_000) place(0, []);
  return { bins: best.map((items) => [...items].sort((a, b) => a - b)), lowerBound };
}

function firstFit(
  order: readonly number[],
  sizes: readonly number[],
  capacity: number,
): readonly (readonly number[])[] {
  const bins: { free: number; items: number[] }[] = [];
  for (const item of order) {
    const size = sizes[item] ?? 0;
    let bin = bins.find(({ free }) => free >= size);
    if (bin === undefined) {
      bin = { free: capacity, items: [] };
      bins.push(bin);
    }
    bin.free -= size;
    bin.items.push(item);
  }
  return bins.map(({ items }) => items);
}
