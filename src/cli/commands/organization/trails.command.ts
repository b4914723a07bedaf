import type { Command } from "../../command.ts";
import { type ConfigOptions, configOptions } from "../../config-options.ts";
import { storeOption } from "../../snapshots/collect-options.ts";

/** Options of `orgrail trails`. */
export interface TrailsOptions extends ConfigOptions {
  readonly snapshot: string | undefined;
  readonly store: string | undefined;
  readonly at: string | undefined;
  readonly why: string | undefined;
  readonly lake: string | undefined;
  readonly format: string | undefined;
  readonly failOn: readonly string[];
}

/** `orgrail trails`. */
export const trails: Command<TrailsOptions> = {
  path: ["trails"],
  group: "Organization",
  summary: "Say which trails there are, which take the same events, and what that costs",
  description: [
    "Shows every trail of the organization once: who owns it, whether it is logging and delivers, what " +
      "it takes, and whether what it writes to is safe. Trails that take the same events in the same " +
      "accounts and Regions are in one group, with what the further copies cost: from the bill where AWS " +
      "Cost Explorer tells, else an estimate, else unknown. Reads a snapshot, or AWS as it is now; " +
      "members' own trails only they know, so a snapshot needs `--tier inside` for them.",
    "--why TRAIL shows what is known of one, and what is to be answered before it is deleted. A trail " +
      "is said to be superfluous only when another one was seen to deliver the same.",
  ],
  options: {
    ...configOptions,
    snapshot: { kind: "text", value: "FILE", description: "a saved snapshot instead of AWS" },
    store: { ...storeOption, description: `${storeOption.description}; its latest snapshot` },
    at: {
      kind: "text",
      value: "TIME",
      description: "with --store: the latest snapshot of then: 2026-11-01, 7d, or its name",
    },
    why: { kind: "text", value: "TRAIL", description: "one trail, by its name or ARN" },
    lake: {
      kind: "text",
      value: "DIR",
      description: "where there is no bill, estimate by the events of this lake",
    },
    format: {
      kind: "text",
      value: "FORMAT",
      choices: ["text", "csv", "markdown", "html"],
      description: "how trails are written",
    },
    failOn: {
      kind: "list",
      value: "FAULT",
      description:
        "exit with 2 when a trail is duplicate, stopped, failing or unsafe (list, with commas)",
    },
  },
  examples: [
    { command: "orgrail trails", says: "all trails, as they are now" },
    { command: "orgrail trails --why ci-debug", says: "before it is deleted" },
    {
      command: "orgrail trails --snapshot today.json --fail-on stopped,failing",
      says: "for a scheduled job",
    },
  ],
  exits: ["done", "failure", "differences", "gaps", "credentials"],
  load: async () => (await import("./trails.ts")).run,
};
