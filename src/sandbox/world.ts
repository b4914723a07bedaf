import type { AccountId, RegionName } from "../core/identifiers.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/**
 * A place for one service's state. State is plain data (objects, arrays, `Map`, `Set`, strings,
 * numbers), so that a world can be copied whole.
 */
export interface Slot<T extends object> {
  /** Unique: `organizations`, `iam`, ... */
  readonly name: string;
  /** One state for the whole world, one an account, or one an account and Region. */
  readonly scope: "world" | "account" | "region";
  readonly init: () => T;
}

/** The AWS of a sandbox: every service's state, its time and its chance. */
export interface World {
  readonly clock: VirtualClock;
  /** One service's state, made on first use. */
  state<T extends object>(slot: Slot<T>, account?: AccountId, region?: RegionName): T;
  /** The next number of a seeded sequence, 0 <= n < 1. */
  random(): number;
  /** An identifier of that many characters from an alphabet (`a-z0-9` when not given). */
  newId(length: number, alphabet?: string): string;
  /** A copy that shares nothing with this world, but for the clock where one is given. */
  copy(clock?: VirtualClock): World;
}
