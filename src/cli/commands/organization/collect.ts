import type { Run } from "../../command.ts";
import type { CollectOptions } from "../../snapshots/collect-options.ts";
import { takeSnapshot } from "../../snapshots/take-snapshot.ts";

/** Takes a snapshot with services. */
export const run: Run<CollectOptions> = (deps, options) =>
  takeSnapshot(deps, { ...options, tier: options.tier ?? "full" });
