import type { Command } from "../../command.ts";
import { snapshotOption } from "./options.ts";

/** Options of `orgrail init`. */
export interface InitOptions {
  readonly out: string | undefined;
  readonly force: boolean;
  readonly snapshot: string | undefined;
}

/** `orgrail init`. */
export const init: Command<InitOptions> = {
  path: ["init"],
  group: "Organization",
  summary: "Write a configuration of the organization as it is now",
  description: [
    "Reads the organization that your credentials belong to and writes orgrail.yaml, with the " +
      "content of policies in files beside it. A plan right after it is empty.",
    "Run it with credentials of the management account or of a delegated administrator for " +
      "AWS Organizations. It reads only.",
  ],
  options: {
    out: { kind: "text", value: "FILE", description: "write here instead of ./orgrail.yaml" },
    force: { kind: "flag", description: "overwrite files that exist" },
    snapshot: { ...snapshotOption, description: "start from this saved snapshot instead of AWS" },
  },
  examples: [
    { command: "orgrail init", says: "write orgrail.yaml and policies/ here" },
    {
      command: "orgrail init --profile management --out org/orgrail.yaml",
      says: "with a named profile, into another folder",
    },
  ],
  exits: ["done", "failure", "gaps", "credentials"],
  load: async () => (await import("./init.ts")).run,
};
