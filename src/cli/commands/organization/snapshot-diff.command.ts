import type { Command } from "../../command.ts";

/** Options of `orgrail snapshot diff`. */
export type SnapshotDiffOptions = Readonly<Record<never, never>>;

/** `orgrail snapshot diff`. */
export const snapshotDiff: Command<SnapshotDiffOptions> = {
  path: ["snapshot", "diff"],
  group: "Organization",
  summary: "Say what changed between two snapshots",
  description: [
    "Compares two saved snapshots: accounts, organizational units, policies, trusted access and " +
      "delegated administrators that were added, removed or changed, and the cells of `orgrail coverage` " +
      "whose state is another. What one of the two did not read is not compared, or is unknown.",
  ],
  arguments: [
    { name: "BEFORE", description: "the earlier snapshot", required: true },
    { name: "AFTER", description: "the later snapshot", required: true },
  ],
  options: {},
  examples: [{ command: "orgrail snapshot diff monday.json today.json", says: "what is new" }],
  exits: ["done", "failure", "differences"],
  load: async () => (await import("./snapshot-diff.ts")).run,
};
