import type { Command } from "../../command.ts";
import { type ConfigOptions, configOptions } from "../../config-options.ts";

/** `orgrail validate`. */
export const validate: Command<ConfigOptions> = {
  path: ["validate"],
  group: "Organization",
  summary: "Check the configuration, without AWS",
  description: [
    "Reads the configuration and every file it names and says all that is wrong with it at once, " +
      "each with its place, what was expected and what to do.",
  ],
  arguments: [
    { name: "FILE", description: "the configuration; else as --config has it", required: false },
  ],
  options: configOptions,
  examples: [
    { command: "orgrail validate", says: "check orgrail.yaml here or in a folder above" },
    { command: "orgrail validate org.yaml --json", says: "with diagnostics for a program" },
  ],
  exits: ["done"],
  load: async () => (await import("./validate.ts")).run,
};
