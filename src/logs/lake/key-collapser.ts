import type { ParquetColumn } from "../parquet/parquet-writer.ts";
import { errorClasses } from "../record/error-class.ts";
import type { TextPool } from "../record/text-pool.ts";

/** The texts of a key, as columns of the lake's `keys`. */
export const keyTexts = [
  "recipientAccountId",
  "awsRegion",
  "eventSource",
  "eventName",
  "eventType",
  "eventCategory",
  "identityType",
  "principal",
  "principalAccountId",
  "invokedBy",
] as const;

/** A column of the lake's `keys` that is a text. */
export type KeyText = (typeof keyTexts)[number];

const width = keyTexts.length + 2;

/** Counts events by what decides most policies. */
export interface KeyCollapser {
  /** Takes in an event: the numbers of its texts in the order of {@link keyTexts}. Gives its key. */
  add(texts: Int32Array, errorClass: number, timeMs: number): number;
  /** Takes in another event of a key, of the same day. */
  again(key: number, timeMs: number): void;
  /** How many different keys there are. */
  size(): number;
  /** The columns of `keys`, by day. */
  columns(): readonly ParquetColumn[];
  clear(): void;
}

/** Makes a collapser over texts of that pool. */
export function createKeyCollapser(pool: TextPool): KeyCollapser {
  let size = 0;
  // It begins small: what makes it larger is then done before the engine compiles this.
  let capacity = 1 << 4;
  let keys = new Int32Array(capacity * width);
  let counts = new Float64Array(capacity);
  let first = new Float64Array(capacity);
  let last = new Float64Array(capacity);
  let slots = new Int32Array(capacity * 2);

  const hashOf = (from: Int32Array, at: number): number => {
    let hash = 0;
    for (let index = 0; index < width; index++) {
      hash = Math.imul(hash, 0x01000193) ^ (from[at + index] as number);
    }
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return hash ^ (hash >>> 13);
  };

  const grow = (): void => {
    const more = <T extends Int32Array | Float64Array>(old: T, next: T): T => {
      next.set(old);
      return next;
    };
    capacity *= 2;
    keys = more(keys, new Int32Array(capacity * width));
    counts = more(counts, new Float64Array(capacity));
    first = more(first, new Float64Array(capacity));
    last = more(last, new Float64Array(capacity));
    slots = new Int32Array(capacity * 2);
    for (let key = 0; key < size; key++) {
      let slot = hashOf(keys, key * width) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = key + 1;
    }
  };

  const isSame = (key: number, candidate: Int32Array): boolean => {
    for (let index = 0; index < width; index++) {
      if (keys[key * width + index] !== candidate[index]) return false;
    }
    return true;
  };

  const candidate = new Int32Array(width);

  const again = (key: number, timeMs: number): void => {
    counts[key] = (counts[key] as number) + 1;
    if (timeMs < (first[key] as number)) first[key] = timeMs;
    if (timeMs > (last[key] as number)) last[key] = timeMs;
  };

  return {
    again,
    add: (texts, errorClass, timeMs) => {
      for (let index = 0; index < keyTexts.length; index++) {
        candidate[index] = texts[index] as number;
      }
      candidate[width - 2] = errorClass;
      candidate[width - 1] = Math.floor(timeMs / 86_400_000);
      let slot = hashOf(candidate, 0) & (slots.length - 1);
      for (let held = slots[slot] as number; held !== 0; held = slots[slot] as number) {
        const key = held - 1;
        if (isSame(key, candidate)) {
          again(key, timeMs);
          return key;
        }
        slot = (slot + 1) & (slots.length - 1);
      }
      if (size + 1 >= capacity) {
        grow();
        slot = hashOf(candidate, 0) & (slots.length - 1);
        while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      }
      for (let index = 0; index < width; index++) {
        keys[size * width + index] = candidate[index] as number;
      }
      counts[size] = 1;
      first[size] = timeMs;
      last[size] = timeMs;
      size += 1;
      slots[slot] = size;
      return size - 1;
    },
    size: () => size,
    columns: () => {
      const classes = errorClasses.map((name) => pool.addText(name));
      const day = (key: number): number => keys[key * width + width - 1] as number;
      const order = Int32Array.from({ length: size }, (_, key) => key).sort(
        (a, b) => day(a) - day(b) || a - b,
      );
      return [
        ...keyTexts.map(
          (name, index): ParquetColumn => ({
            kind: "text",
            name,
            ids: order.map((key) => keys[key * width + index] as number),
          }),
        ),
        {
          kind: "text",
          name: "errorClass",
          ids: order.map((key) => classes[keys[key * width + width - 2] as number] as number),
        },
        { kind: "date", name: "day", values: order.map(day) },
        {
          kind: "integer",
          name: "count",
          values: Float64Array.from(order, (key) => counts[key] as number),
        },
        {
          kind: "timestamp",
          name: "firstTime",
          values: Float64Array.from(order, (key) => first[key] as number),
        },
        {
          kind: "timestamp",
          name: "lastTime",
          values: Float64Array.from(order, (key) => last[key] as number),
        },
      ];
    },
    clear: () => {
      size = 0;
      slots.fill(0);
    },
  };
}
