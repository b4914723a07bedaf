import type { Command } from "../../command.ts";
import { type ConfigOptions, configOptions } from "../../config-options.ts";

/** Options of `orgrail snapshot`. */
export interface SnapshotOptions extends ConfigOptions {
  readonly out: string | undefined;
  readonly tier: string | undefined;
  readonly service: readonly string[];
  readonly governedRegion: readonly string[];
}

/** `orgrail snapshot`. */
export const snapshot: Command<SnapshotOptions> = {
  path: ["snapshot"],
  group: "Organization",
  summary: "Read the organization and save all that was read",
  description: [
    "Reads everything that orgrail knows to read and writes it to one JSON file, gaps included. " +
      "`plan --snapshot`, `drift --snapshot`, `init --snapshot` and `sandbox --from` work from the " +
      "file, without AWS.",
    "With --tier, security services are read too, for `coverage` and `audit`: headline asks who " +
      "administers them, full what their administrators know of all accounts, inside also each account " +
      "what only it knows. Every call is kept as evidence. A read that was cut off by Ctrl-C or a " +
      "crash goes on where it stopped when the same command is given again within six hours.",
  ],
  options: {
    ...configOptions,
    out: {
      kind: "text",
      short: "o",
      value: "FILE",
      description: "write here instead of ./snapshot.json",
    },
    tier: {
      kind: "text",
      value: "TIER",
      choices: ["headline", "full", "inside"],
      description: "read security services too, so deep",
    },
    service: { kind: "list", value: "SERVICE", description: "with --tier: only this service" },
    governedRegion: {
      kind: "list",
      value: "REGION",
      description: "with --tier: a Region to look at, instead of the configuration's governed ones",
    },
  },
  examples: [
    { command: "orgrail snapshot --out today.json", says: "save" },
    { command: "orgrail snapshot --tier full", says: "with all services, for `coverage`" },
    { command: "orgrail sandbox --from today.json", says: "and rehearse on a copy" },
  ],
  exits: ["done", "failure", "gaps", "credentials"],
  load: async () => (await import("./snapshot.ts")).run,
};
