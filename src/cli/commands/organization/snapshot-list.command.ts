import type { Command } from "../../command.ts";
import { storeOption } from "../../snapshots/collect-options.ts";

/** Options of `orgrail snapshot list`. */
export interface SnapshotListOptions {
  readonly store: string | undefined;
}

/** `orgrail snapshot list`. */
export const snapshotList: Command<SnapshotListOptions> = {
  path: ["snapshot", "list"],
  group: "Organization",
  summary: "List the snapshots of a store",
  description: [
    "Lists what `orgrail collect --store` has saved, the oldest first: when, how deep, how many accounts " +
      "and answers, how many reads failed, and how many cells were on, off and unknown.",
  ],
  options: { store: storeOption },
  examples: [{ command: "orgrail snapshot list --store history", says: "what there is" }],
  exits: ["done", "failure"],
  load: async () => (await import("./snapshot-list.ts")).run,
};
