import type { Command } from "../../command.ts";
import { type ConfigOptions, configOptions } from "../../config-options.ts";
import { detailedExitcodeOption, snapshotOption, targetOption } from "./options.ts";

/** Options of `orgrail drift`. */
export interface DriftOptions extends ConfigOptions {
  readonly target: readonly string[];
  readonly detailedExitcode: boolean;
  readonly snapshot: string | undefined;
}

/** `orgrail drift`. */
export const drift: Command<DriftOptions> = {
  path: ["drift"],
  group: "Organization",
  summary: "Say where the live organization differs from the file",
  description: [
    "The same comparison as a plan, told from the other side: what is in AWS, what the file says it " +
      "should be. Made for a schedule: with --detailed-exitcode it ends with 0 when there is no " +
      "drift, 2 when there is, and 3 when some reads gave no answer and no drift was found in the rest.",
  ],
  options: {
    ...configOptions,
    target: targetOption,
    detailedExitcode: { ...detailedExitcodeOption, description: "exit with 2 when there is drift" },
    snapshot: snapshotOption,
  },
  examples: [
    { command: "orgrail drift", says: "for people" },
    { command: "orgrail drift --detailed-exitcode --json", says: "for a scheduled job" },
  ],
  exits: ["done", "failure", "differences", "gaps", "credentials"],
  load: async () => (await import("./drift.ts")).run,
};
