import type { Caller } from "./principal-match.ts";

/** What a context key holds: nothing (`undefined`), one value, or several. */
export type ContextValue = string | readonly string[] | undefined;

/** One request as the compiled statements see it. Reused from request to request. */
export interface Frame {
  /** By slot of the key table. */
  readonly values: ContextValue[];
  /** What conditions said of the value of a slot before; see {@link KeyTable.row}. */
  readonly rows: (Uint8Array | undefined)[];
  /** Keys that are not in the context may exist. */
  unknownKeys: boolean;
  resource: string;
  caller: Caller;
}

/** How many bytes all remembered rows of one compiled chain may take. */
const rowBudget = 2 * 1024 * 1024;
/** How many values of one key are remembered. */
const rowsPerSlot = 512;
/** How many spellings of context keys are remembered. */
const spellingLimit = 4096;

/** The context keys that a set of policies speaks of, each with a slot. */
export interface KeyTable {
  /** The slot of a key, made if need be. */
  intern(key: string): number;
  /** The slot of a key however it is written; `-1` when no policy speaks of it. */
  find(spelling: string): number;
  /** The lower-case name of a slot. */
  name(slot: number): string;
  readonly size: number;
  /** Makes a place in the rows of a slot for a condition. */
  place(slot: number): number;
  /**
   * The answers of a slot's conditions for a value, 0 where not known yet: requests repeat their
   * principals and Regions, and a condition on one key asks for nothing else.
   */
  row(slot: number, value: string): Uint8Array;
}

/** Makes an empty key table. */
export function keyTable(): KeyTable {
  const slots = new Map<string, number>();
  const names: string[] = [];
  const places: number[] = [];
  const spellings = new Map<string, number>();
  const memory: Map<string, Uint8Array>[] = [];
  let used = 0;

  const forget = (): void => {
    for (const map of memory) map.clear();
    used = 0;
  };

  return {
    intern: (key) => {
      const name = key.toLowerCase();
      const known = slots.get(name);
      if (known !== undefined) return known;
      const slot = names.length;
      slots.set(name, slot);
      names.push(name);
      places.push(0);
      memory.push(new Map());
      return slot;
    },
    find: (spelling) => {
      const known = spellings.get(spelling);
      if (known !== undefined) return known;
      const slot = slots.get(spelling.toLowerCase()) ?? -1;
      if (spellings.size >= spellingLimit) spellings.clear();
      // A key of megabytes is found, but not kept.
      if (spelling.length <= 256) spellings.set(spelling, slot);
      return slot;
    },
    name: (slot) => names[slot] ?? "",
    get size() {
      return names.length;
    },
    place: (slot) => {
      const place = places[slot] ?? 0;
      places[slot] = place + 1;
      return place;
    },
    row: (slot, value) => {
      const map = memory[slot];
      const known = map?.get(value);
      if (known !== undefined) return known;
      const row = new Uint8Array(places[slot] ?? 0);
      if (map === undefined || value.length > 2048) return row;
      const cost = row.length + value.length * 2 + 128;
      if (used + cost > rowBudget) forget();
      if (map.size >= rowsPerSlot) map.clear();
      map.set(value, row);
      used += cost;
      return row;
    },
  };
}

/** A frame over a key table that is complete. */
export function newFrame(keys: KeyTable): Frame {
  return {
    values: new Array<ContextValue>(keys.size).fill(undefined),
    rows: new Array<Uint8Array | undefined>(keys.size).fill(undefined),
    unknownKeys: false,
    resource: "",
    caller: { principal: "", facts: { kind: "anonymous", serviceLinked: false } },
  };
}
