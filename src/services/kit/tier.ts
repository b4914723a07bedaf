import type { CollectTier } from "../../core/snapshot.ts";

/**
 * Whether only the headline is asked for: who administers a service, how it treats new accounts,
 * and what AWS sums up for the whole organization. A block always asks for what it needs.
 */
export function isHeadline(context: {
  readonly block?: unknown;
  readonly tier?: CollectTier;
}): boolean {
  return context.block === undefined && context.tier === "headline";
}
