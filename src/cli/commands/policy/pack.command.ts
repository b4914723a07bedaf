import type { Command } from "../../command.ts";
import { typeOption } from "./options.ts";

/** Options of `orgrail policy pack`. */
export interface PolicyPackOptions {
  readonly type: string | undefined;
  readonly out: string | undefined;
}

/** `orgrail policy pack`. */
export const policyPack: Command<PolicyPackOptions> = {
  path: ["policy", "pack"],
  group: "Policies",
  summary: "Pack policies into as few documents as the quota allows",
  description: [
    "Takes service or resource control policies that are attached to the same targets and joins " +
      "them: what is said twice goes, statements that differ in their actions alone become one, and " +
      "the rest is put into the fewest documents. The result is offered only when the engine has " +
      "proven it equal to what was given.",
  ],
  arguments: [
    {
      name: "FILE",
      description: "policy documents, or folders of .json files",
      required: true,
      variadic: true,
    },
  ],
  options: {
    type: typeOption,
    out: { kind: "text", short: "o", value: "DIR", description: "write the documents there" },
  },
  examples: [
    { command: "orgrail policy pack policies/", says: "how many documents would do" },
    { command: "orgrail policy pack a.json b.json --out packed", says: "write them" },
  ],
  exits: ["done", "failure"],
  load: async () => (await import("./pack.ts")).run,
};
