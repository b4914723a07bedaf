import type { Command } from "../../command.ts";
import { type ImportOptions, importOptions } from "./options.ts";

/** `orgrail import lza`. */
export const importLza: Command<ImportOptions> = {
  path: ["import", "lza"],
  group: "Organization",
  summary: "Write a configuration from Landing Zone Accelerator's files",
  description: [
    "Reads the configuration folder of Landing Zone Accelerator on AWS (organization-config.yaml, " +
      "accounts-config.yaml, global-config.yaml and the policies they name), resolves its " +
      "replacements, and writes orgrail.yaml. What has no counterpart is listed, never dropped " +
      "silently. Reads files only.",
  ],
  arguments: [{ name: "DIR", description: "the configuration folder", required: true }],
  options: importOptions,
  examples: [{ command: "orgrail import lza ./lza-config", says: "write orgrail.yaml here" }],
  exits: ["done", "failure"],
  load: async () => (await import("./lza.ts")).run,
};
