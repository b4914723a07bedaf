import type { Command } from "../../command.ts";
import { type CollectOptions, collectOptions } from "../../snapshots/collect-options.ts";

/** `orgrail collect`. */
export const collect: Command<CollectOptions> = {
  path: ["collect"],
  group: "Organization",
  summary: "Take a snapshot of the organization and its security services",
  description: [
    "Asks delegated administrators first, and members only for what only they know. headline asks who " +
      "administers each service and what AWS sums up for the organization; full, which is the default, " +
      "what administrators know of every account; inside also each account itself. Every answer is kept " +
      "as evidence with its time and digest; a read that fails is a gap and stops nothing.",
    "With --store the snapshot joins a history in a folder or a bucket, where nothing is overwritten, " +
      "with a Parquet table of its cells. --max-age 6h takes answers of the last collect that are not " +
      "older, with their own times. After Ctrl-C or a crash the same command goes on where it stopped.",
  ],
  options: collectOptions,
  examples: [
    { command: "orgrail collect", says: "into snapshot.json, for `coverage` and `audit`" },
    { command: "orgrail collect --store s3://acme-audit/orgrail --tier headline", says: "often" },
    {
      command: "orgrail collect --store history --tier inside --max-age 6h",
      says: "daily: what is younger is not asked again",
    },
  ],
  exits: ["done", "failure", "gaps", "credentials"],
  load: async () => (await import("./collect.ts")).run,
};
