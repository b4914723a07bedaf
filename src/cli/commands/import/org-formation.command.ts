import type { Command } from "../../command.ts";
import { type ImportOptions, importOptions } from "./options.ts";

/** Options of `orgrail import org-formation`. */
export interface OrgFormationOptions extends ImportOptions {
  readonly state: string | undefined;
}

/** `orgrail import org-formation`. */
export const importOrgFormation: Command<OrgFormationOptions> = {
  path: ["import", "org-formation"],
  group: "Organization",
  summary: "Write a configuration from an org-formation template",
  description: [
    "Reads org-formation's organization.yml with its !Include and !Ref, and writes orgrail.yaml. " +
      "What has no counterpart is listed, never dropped silently. Reads files only.",
  ],
  arguments: [{ name: "FILE", description: "the template", required: true }],
  options: {
    ...importOptions,
    state: {
      kind: "text",
      value: "FILE",
      description: "org-formation's state file, whose ids of accounts and units are carried over",
    },
  },
  examples: [
    { command: "orgrail import org-formation organization.yml", says: "write orgrail.yaml here" },
  ],
  exits: ["done", "failure"],
  load: async () => (await import("./org-formation.ts")).run,
};
