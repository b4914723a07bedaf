import type { CollectTier } from "../core/snapshot.ts";

/** What a tier costs in calls, by the size of an organization. */
export interface CollectCost {
  /** Calls whatever the size, those for the tree of organizational units not among them. */
  readonly fixed: number;
  readonly perRegion: number;
  /** Pages of accounts, by the accounts of a page: once for the organization. */
  readonly pages: readonly number[];
  /** The same in every Region. */
  readonly pagesPerRegion: readonly number[];
  readonly perAccount: number;
  readonly perAccountAndRegion: number;
}

/**
 * How many calls a collect of all services is expected to make: page sizes of AWS's operations, and
 * what a collect of an organization in which everything is on was counted to make.
 */
export const collectCosts: {
  readonly asOf: string;
  readonly source: string;
  readonly tiers: Readonly<Record<CollectTier, CollectCost>>;
} = {
  asOf: "2026-11-23",
  source: "npm run bench:collect",
  tiers: {
    headline: {
      fixed: 45,
      perRegion: 14,
      pages: [20],
      pagesPerRegion: [],
      perAccount: 0,
      perAccountAndRegion: 0,
    },
    full: {
      fixed: 95,
      perRegion: 33,
      pages: [20, 20],
      pagesPerRegion: [50, 50, 25, 100, 100, 200],
      perAccount: 0,
      perAccountAndRegion: 0,
    },
    inside: {
      fixed: 95,
      perRegion: 33,
      pages: [20, 20],
      pagesPerRegion: [50, 50, 25, 100, 200],
      perAccount: 12,
      perAccountAndRegion: 2,
    },
  },
};
