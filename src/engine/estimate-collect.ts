import type { CollectTier, OrganizationState } from "../core/snapshot.ts";
import { collectCosts } from "../data/collect-costs.ts";

/** About how many calls and seconds a collect takes. */
export interface CollectEstimate {
  readonly calls: number;
  readonly seconds: number;
}

/** Answers a second that AWS gives when nothing is throttled, with the reads that go at a time. */
const answersPerSecond = 150;

/** What a collect of all services will take, as far as the organization's size tells. */
export function estimateCollect(
  { accounts, organizationalUnits }: Pick<OrganizationState, "accounts" | "organizationalUnits">,
  regions: number,
  tier: CollectTier,
): CollectEstimate {
  const cost = collectCosts.tiers[tier];
  const active = accounts.filter(({ state }) => state === "ACTIVE").length;
  const pages = (sizes: readonly number[]): number =>
    // The first page is among the fixed calls.
    sizes.reduce((sum, size) => sum + Math.max(0, Math.ceil(active / size) - 1), 0);
  const calls =
    cost.fixed +
    organizationalUnits.length +
    cost.perRegion * regions +
    pages(cost.pages) +
    pages(cost.pagesPerRegion) * regions +
    cost.perAccount * active +
    cost.perAccountAndRegion * active * regions;
  return { calls, seconds: Math.ceil(10 + calls / answersPerSecond) };
}
