import type { Command } from "../../command.ts";

/** `orgrail version`. */
export const version: Command<Record<never, never>> = {
  path: ["version"],
  group: "Program",
  summary: "Say which version this is and how old its facts of AWS are",
  description: [
    "Prints the version of orgrail, of Node.js and of the AWS SDK, and the date of every table of " +
      "AWS's facts (quotas, request rates, service principals) that decisions rest on.",
  ],
  options: {},
  examples: [
    { command: "orgrail --version", says: "the version" },
    { command: "orgrail version --json", says: "with the age of every table of facts" },
  ],
  exits: ["done"],
  load: async () => (await import("./version.ts")).run,
};
