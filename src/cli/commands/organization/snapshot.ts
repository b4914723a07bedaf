import type { Run } from "../../command.ts";
import type { CollectOptions } from "../../snapshots/collect-options.ts";
import { takeSnapshot } from "../../snapshots/take-snapshot.ts";

/** Takes a snapshot: of the organization alone, unless a tier is given. */
export const run: Run<CollectOptions> = (deps, options) => takeSnapshot(deps, options);
