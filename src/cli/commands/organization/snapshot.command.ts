import type { Command } from "../../command.ts";

/** Options of `orgrail snapshot`. */
export interface SnapshotOptions {
  readonly out: string | undefined;
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
  ],
  options: {
    out: {
      kind: "text",
      short: "o",
      value: "FILE",
      description: "write here instead of ./snapshot.json",
    },
  },
  examples: [
    { command: "orgrail snapshot --out today.json", says: "save" },
    { command: "orgrail sandbox --from today.json", says: "and rehearse on a copy" },
  ],
  exits: ["done", "failure", "gaps", "credentials"],
  load: async () => (await import("./snapshot.ts")).run,
};
