/** A seeded sequence of numbers, 0 <= n < 1, that can be taken up again from any position. */
export interface RandomSequence {
  next(): number;
  /** A seed from which {@link randomSequence} goes on just where this one stands. */
  position(): number;
}

/** Tommy Ettinger's Mulberry32: 32 bits of state, enough for identifiers and for faults. */
export function randomSequence(seed: number): RandomSequence {
  let state = seed >>> 0;
  return {
    next: () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    },
    position: () => state,
  };
}
