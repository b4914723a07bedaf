import type { Command } from "../../command.ts";
import { type ConfigOptions, configOptions } from "../../config-options.ts";
import { detailedExitcodeOption, snapshotOption, targetOption } from "./options.ts";

/** Options of `orgrail plan`. */
export interface PlanOptions extends ConfigOptions {
  readonly out: string | undefined;
  readonly target: readonly string[];
  readonly detailedExitcode: boolean;
  readonly snapshot: string | undefined;
  readonly impact: string | undefined;
  readonly lake: string | undefined;
}

/** `orgrail plan`. */
export const plan: Command<PlanOptions> = {
  path: ["plan"],
  group: "Organization",
  summary: "Show what an apply would change",
  description: [
    "Reads the organization, compares it with the configuration field by field, and shows every " +
      "change in the order in which an apply would make it, with its reason. It changes nothing.",
    "--out saves the plan; `orgrail apply FILE` then makes exactly these changes, and refuses each " +
      "whose ground has moved since.",
  ],
  options: {
    ...configOptions,
    out: { kind: "text", short: "o", value: "FILE", description: "save the plan" },
    target: targetOption,
    detailedExitcode: detailedExitcodeOption,
    snapshot: snapshotOption,
    impact: {
      kind: "text",
      value: "TIME",
      description:
        "replay the lake's calls from then on, such as 90d, and say beside each change of a policy and each move whose would be denied",
    },
    lake: {
      kind: "text",
      value: "DIR",
      description: "with --impact: the lake (`orgrail logs ingest`)",
    },
  },
  examples: [
    { command: "orgrail plan", says: "show the changes" },
    { command: "orgrail plan --out plan.json", says: "save them for an apply" },
    {
      command: "orgrail plan --impact 90d",
      says: "with whom each policy would have denied",
    },
    {
      command: "orgrail plan --target account:Audit --detailed-exitcode",
      says: "one account, for a script",
    },
  ],
  exits: ["done", "failure", "differences", "gaps", "credentials"],
  load: async () => (await import("./plan.ts")).run,
};
