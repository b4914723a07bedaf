import type { Evidence } from "./finding.ts";
import type { AccountId, RegionName } from "./identifiers.ts";

/**
 * What is known of a service in one account and Region.
 *
 * - `on`: it works there, as evidence shows.
 * - `partial`: a part of it does.
 * - `off`: it was looked, and it does not.
 * - `not-applicable`: it cannot be there: the Region has no such service or is not enabled, the
 *   account is suspended.
 * - `unknown`: it was not read; the reason says why. Never counted as on nor as off.
 * - `stale`: it was on or off when it was last read, which is too long ago.
 */
export const cellStates = ["on", "partial", "off", "not-applicable", "unknown", "stale"] as const;

/** What is known of a service in one account and Region. */
export type CellState = (typeof cellStates)[number];

/** A service in one account and Region. A global service has one cell an account, without Region. */
export interface Cell {
  readonly service: string;
  readonly account: AccountId;
  readonly region?: RegionName;
  readonly state: CellState;
  /** Why, in words that end no sentence: `member of the administrator, but suspended`. */
  readonly reason: string;
  readonly evidence: readonly Evidence[];
}
