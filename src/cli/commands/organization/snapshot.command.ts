import type { Command } from "../../command.ts";
import { type CollectOptions, collectOptions } from "../../snapshots/collect-options.ts";

/** `orgrail snapshot`. */
export const snapshot: Command<CollectOptions> = {
  path: ["snapshot"],
  group: "Organization",
  summary: "Read the organization and save all that was read",
  description: [
    "Reads everything of AWS Organizations and of accounts that orgrail knows to read and writes it to " +
      "one JSON file, gaps included. `plan --snapshot`, `drift --snapshot`, `init --snapshot` and " +
      "`sandbox --from` work from the file, without AWS.",
    "With --tier, security services are read too: that is `orgrail collect`, which see.",
  ],
  options: collectOptions,
  examples: [
    { command: "orgrail snapshot --out today.json", says: "save" },
    { command: "orgrail sandbox --from today.json", says: "and rehearse on a copy" },
  ],
  exits: ["done", "failure", "gaps", "credentials"],
  load: async () => (await import("./snapshot.ts")).run,
};
