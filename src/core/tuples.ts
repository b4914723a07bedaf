/** Numbers tuples of whole numbers in the order in which they come first. */
export interface Tuples {
  /** The number of a tuple; {@link Tuples.size} grows when it is new. */
  number(tuple: Int32Array): number;
  /** A member of a tuple that has a number. */
  member(tuple: number, place: number): number;
  readonly size: number;
}

/** Makes an empty table of tuples of so many members. */
export function createTuples(width: number): Tuples {
  let capacity = 1 << 13;
  let held = new Int32Array(capacity * width);
  let slots = new Int32Array(capacity * 2);
  let size = 0;

  const slotOf = (from: Int32Array, at: number): number => {
    let hash = 0;
    for (let place = 0; place < width; place++) {
      hash = Math.imul(hash ^ (from[at + place] as number), 0x2c1b3c6d);
      hash ^= hash >>> 15;
    }
    return hash & (slots.length - 1);
  };
  const grow = (): void => {
    capacity *= 2;
    const more = new Int32Array(capacity * width);
    more.set(held);
    held = more;
    slots = new Int32Array(capacity * 2);
    for (let tuple = 0; tuple < size; tuple++) {
      let slot = slotOf(held, tuple * width);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = tuple + 1;
    }
  };

  return {
    number: (tuple) => {
      let slot = slotOf(tuple, 0);
      search: for (let found = slots[slot] as number; found !== 0; found = slots[slot] as number) {
        const at = (found - 1) * width;
        for (let place = 0; place < width; place++) {
          if (held[at + place] !== tuple[place]) {
            slot = (slot + 1) & (slots.length - 1);
            continue search;
          }
        }
        return found - 1;
      }
      if (size === capacity) {
        grow();
        slot = slotOf(tuple, 0);
        while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      }
      held.set(tuple.length === width ? tuple : tuple.subarray(0, width), size * width);
      slots[slot] = size + 1;
      size += 1;
      return size - 1;
    },
    member: (tuple, place) => held[tuple * width + place] as number,
    get size() {
      return size;
    },
  };
}
