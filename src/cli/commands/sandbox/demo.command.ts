import type { Command } from "../../command.ts";

/** Options of `orgrail demo`. */
export interface DemoOptions {
  readonly keep: string | undefined;
}

/** `orgrail demo`. */
export const demo: Command<DemoOptions> = {
  path: ["demo"],
  group: "Sandbox",
  summary: "Show orgrail at work in a sandbox, in under a minute",
  description: [
    "Opens a sandbox with an organization as many companies find theirs, writes it down, puts it in " +
      "order, has somebody tamper with it, and finds and closes the drift. Needs no AWS account, asks " +
      "nothing, and leaves nothing behind.",
  ],
  options: {
    keep: { kind: "text", value: "DIR", description: "keep the files that it works with here" },
  },
  examples: [{ command: "orgrail demo", says: "watch" }],
  exits: ["done", "failure"],
  load: async () => (await import("./demo.ts")).run,
};
