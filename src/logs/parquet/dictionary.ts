/** The different texts of a column, by their numbers in a pool, and which row has which. */
export interface DictionaryMaker {
  /** Takes the texts of a column, 0 for null: how many different ones there are. */
  make(ids: Int32Array): number;
  /** The different ones in order of their first; good until the next column is taken. */
  used(): Int32Array;
  /** Whether none is null. */
  isWhole(): boolean;
  /**
   * By row: the number of its text in the dictionary, -1 for null. `places` tells which of the texts
   * a row has, where rows have not one each.
   */
  numbers(places: Int32Array | undefined): Int32Array;
}

/** Makes a maker, which keeps its memory. */
export function createDictionaryMaker(): DictionaryMaker {
  // All begin small: what makes them larger is then done before the engine compiles this.
  let places = new Int32Array(1 << 6);
  let used = new Int32Array(1 << 6);
  let numbers = new Int32Array(1 << 6);
  let spread = new Int32Array(1 << 6);
  let size = 0;
  let count = 0;
  let isWhole = true;

  const collect = (ids: Int32Array): void => {
    let found = 0;
    let whole = true;
    for (let index = 0; index < ids.length; index++) {
      const id = ids[index] as number;
      if (id === 0) {
        numbers[index] = -1;
        whole = false;
        continue;
      }
      if (id >= places.length) places = larger(places, id);
      let place = places[id] as number;
      if (place === 0) {
        used[found] = id;
        found += 1;
        place = found;
        places[id] = place;
      }
      numbers[index] = place - 1;
    }
    count = found;
    isWhole = whole;
  };

  const forget = (): void => {
    for (let index = 0; index < count; index++) places[used[index] as number] = 0;
  };

  const spreadOut = (rows: Int32Array): void => {
    for (let row = 0; row < rows.length; row++) {
      spread[row] = numbers[rows[row] as number] as number;
    }
  };

  return {
    make: (ids) => {
      size = ids.length;
      if (size > used.length) {
        used = larger(used, size);
        numbers = larger(numbers, size);
      }
      collect(ids);
      forget();
      return count;
    },
    used: () => used.subarray(0, count),
    isWhole: () => isWhole,
    numbers: (rows) => {
      if (rows === undefined) return numbers.subarray(0, size);
      if (rows.length > spread.length) spread = larger(spread, rows.length);
      spreadOut(rows);
      return spread.subarray(0, rows.length);
    },
  };
}

function larger(old: Int32Array, index: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(Math.max(old.length * 2, index + 1));
  next.set(old);
  return next;
}

/** How many numbers are others than `absent`. */
export function countPresent(numbers: Int32Array, count: number, absent: number): number {
  let present = 0;
  for (let index = 0; index < count; index++) if (numbers[index] !== absent) present += 1;
  return present;
}

/** Moves those that are others than `absent` to the beginning. */
export function movePresent(numbers: Int32Array, absent: number): void {
  let at = 0;
  for (let index = 0; index < numbers.length; index++) {
    const number = numbers[index] as number;
    if (number !== absent) numbers[at++] = number;
  }
}
