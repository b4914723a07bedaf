import type { Command } from "../../command.ts";
import { type ConfigOptions, configOptions } from "../../config-options.ts";
import { targetOption } from "./options.ts";

/** Options of `orgrail apply`. */
export interface ApplyOptions extends ConfigOptions {
  readonly yes: boolean;
  /** Id of the organization, given in place of typing it. */
  readonly confirm: string | undefined;
  readonly target: readonly string[];
  readonly resume: boolean;
  readonly discard: boolean;
  readonly skipCheck: boolean;
  readonly stateDir: string | undefined;
}

/** `orgrail apply`. */
export const apply: Command<ApplyOptions> = {
  path: ["apply"],
  group: "Organization",
  summary: "Make the changes of a plan",
  description: [
    "With a saved plan it makes exactly those changes; each is read again just before it is made, " +
      "and refused when the world has moved. Without one it reads, plans, shows the plan, asks, and " +
      "applies. Afterwards it reads again and says whether the organization is as the file wants it.",
    "Changes that can shut people out or cannot be taken back ask for the organization's id. " +
      "--yes answers for all but what can shut people out, such as the end of trusted access for IAM " +
      "Identity Center: that takes --confirm with the organization's id. Without a terminal and " +
      "without these nothing is changed.",
    "Every call is written to a journal in .orgrail/ before and after it is made. An apply that was " +
      "killed is found by its journal: --resume goes on where it stopped, --discard forgets it. " +
      "Of the journals of finished applies the newest 20 are kept.",
  ],
  arguments: [{ name: "PLAN", description: "a plan saved by `plan --out`", required: false }],
  options: {
    ...configOptions,
    yes: {
      kind: "flag",
      short: "y",
      description: "answer yes, except to what can shut people out",
    },
    confirm: {
      kind: "text",
      value: "ID",
      description: "the organization's id: answer yes to every question",
    },
    target: targetOption,
    resume: { kind: "flag", description: "go on with an apply that was interrupted" },
    discard: {
      kind: "flag",
      description: "forget an apply that was interrupted, and plan anew",
    },
    skipCheck: { kind: "flag", description: "do not read the organization again afterwards" },
    stateDir: {
      kind: "text",
      value: "DIR",
      description: "where journals and the lock lie; .orgrail beside the configuration when absent",
    },
  },
  examples: [
    { command: "orgrail apply", says: "plan, ask, apply" },
    { command: "orgrail apply plan.json --yes", says: "a saved plan, in a pipeline" },
    { command: "orgrail apply --resume", says: "after a crash or Ctrl-C" },
  ],
  exits: ["done", "failure", "gaps", "credentials"],
  load: async () => (await import("./apply.ts")).run,
};
