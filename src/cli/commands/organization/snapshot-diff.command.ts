import type { Command } from "../../command.ts";
import { storeOption } from "../../snapshots/collect-options.ts";

/** Options of `orgrail snapshot diff`. */
export interface SnapshotDiffOptions {
  readonly store: string | undefined;
  readonly lake: string | undefined;
  readonly logs: readonly string[];
}

/** `orgrail snapshot diff`. */
export const snapshotDiff: Command<SnapshotDiffOptions> = {
  path: ["snapshot", "diff"],
  group: "Organization",
  summary: "Say what changed between two snapshots, and who changed it",
  description: [
    "Compares two saved snapshots: accounts, organizational units, policies, trusted access and " +
      "delegated administrators that were added, removed or changed, and the cells of `orgrail coverage` " +
      "whose state is another. What one of the two did not read is not compared, or is unknown.",
    "With --lake or --logs, CloudTrail is asked who may have changed each: actions by which the service is " +
      "weakened, enabled or configured, between the two times, that name the account or concern all. The " +
      "likeliest comes first; where none fits, it is said that none was found.",
    "With --store, BEFORE and AFTER are times or names of its snapshots: 7d and latest, when not said.",
  ],
  arguments: [
    { name: "BEFORE", description: "the earlier snapshot", required: false },
    { name: "AFTER", description: "the later snapshot", required: false },
  ],
  options: {
    store: storeOption,
    lake: {
      kind: "text",
      value: "DIR",
      description: "say who did it, by this lake (`orgrail logs ingest`)",
    },
    logs: {
      kind: "list",
      value: "SOURCE",
      description: "say who did it, by CloudTrail's logs: a file, a folder, or s3://BUCKET/PREFIX",
    },
  },
  examples: [
    { command: "orgrail snapshot diff monday.json today.json", says: "what is new" },
    {
      command: "orgrail snapshot diff --store history 1d latest --lake .orgrail/lake",
      says: "and who did it",
    },
  ],
  exits: ["done", "failure", "differences"],
  load: async () => (await import("./snapshot-diff.ts")).run,
};
