/** Pseudo-random choices from a seed (mulberry32): the same seed gives the same cases. */
export interface Random {
  /** In [0, 1). */
  number(): number;
  /** In [0, below). */
  integer(below: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** Between `least` and `most` made things. */
  list<T>(least: number, most: number, make: () => T): T[];
}

/** Makes a source of pseudo-random choices. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const number = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const integer = (below: number): number => Math.floor(number() * below);
  return {
    number,
    integer,
    chance: (probability) => number() < probability,
    pick: (choices) => choices[integer(choices.length)] as (typeof choices)[number],
    list: (least, most, make) =>
      Array.from({ length: least + integer(most - least + 1) }, () => make()),
  };
}
