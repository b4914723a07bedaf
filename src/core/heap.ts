/** Items of which the one with the least key is taken first. */
export interface Heap<T> {
  push(item: T): void;
  pop(): T | undefined;
}

/** A binary heap; the least key first. */
export function heap<T>(keyOf: (item: T) => number): Heap<T> {
  const items: { key: number; item: T }[] = [];
  const less = (a: number, b: number): boolean => (items[a]?.key ?? 0) < (items[b]?.key ?? 0);
  const swap = (a: number, b: number): void => {
    const [first, second] = [items[a], items[b]];
    if (first === undefined || second === undefined) return;
    items[a] = second;
    items[b] = first;
  };
  return {
    push: (item) => {
      let at = items.push({ key: keyOf(item), item }) - 1;
      for (let up = (at - 1) >> 1; at > 0 && less(at, up); at = up, up = (at - 1) >> 1) {
        swap(at, up);
      }
    },
    pop: () => {
      const top = items[0];
      const last = items.pop();
      if (top === undefined || last === undefined || items.length === 0) return top?.item;
      items[0] = last;
      for (let at = 0; ; ) {
        const left = 2 * at + 1;
        const right = left + 1;
        let least = at;
        if (left < items.length && less(left, least)) least = left;
        if (right < items.length && less(right, least)) least = right;
        if (least === at) return top.item;
        swap(at, least);
        at = least;
      }
    },
  };
}
