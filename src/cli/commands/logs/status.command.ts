import type { Command } from "../../command.ts";
import { type LakeOptions, lakeOption } from "./options.ts";

/** Options of `orgrail logs status`. */
export interface LogsStatusOptions extends LakeOptions {
  readonly days: boolean;
}

/** `orgrail logs status`. */
export const logsStatus: Command<LogsStatusOptions> = {
  path: ["logs", "status"],
  group: "Events",
  summary: "Show what is in the lake: accounts, days, gaps, sizes",
  description: [
    "Counts by the lake's own books: no event is read. Days without any event between the first and " +
      "the last of an account are named: a trail that was off looks like this, and so does a file " +
      "that was never ingested.",
  ],
  options: {
    lake: lakeOption,
    days: { kind: "flag", description: "one line a day, too" },
  },
  examples: [{ command: "orgrail logs status", says: "what is there" }],
  exits: ["done", "failure"],
  load: async () => (await import("./status.ts")).run,
};
