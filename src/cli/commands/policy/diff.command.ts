import type { Command } from "../../command.ts";
import { typeOption } from "./options.ts";

/** Options of `orgrail policy diff`. */
export interface PolicyDiffOptions {
  readonly type: string | undefined;
  readonly detailedExitcode: boolean;
}

/** `orgrail policy diff`. */
export const policyDiff: Command<PolicyDiffOptions> = {
  path: ["policy", "diff"],
  group: "Policies",
  summary: "Compare two policies by meaning",
  description: [
    "Says which actions become denied or allowed, on which resources, for whom and under which " +
      "conditions, over all actions that AWS publishes. Order, spelling and splitting into " +
      "statements make no difference. Where it takes more than comparing lists and patterns to be " +
      "sure, it says that it approximates. A folder stands for all its documents together.",
  ],
  arguments: [
    { name: "BEFORE", description: "the old document, or a folder of them", required: true },
    { name: "AFTER", description: "the new document, or a folder of them", required: true },
  ],
  options: {
    type: typeOption,
    detailedExitcode: { kind: "flag", description: "exit with 2 when the meaning differs" },
  },
  examples: [
    { command: "orgrail policy diff old.json new.json", says: "what a change does" },
    {
      command: "orgrail policy diff old/ new/ --detailed-exitcode",
      says: "whether splitting a policy has changed anything",
    },
  ],
  exits: ["done", "differences"],
  load: async () => (await import("./diff.ts")).run,
};
