import type { Command } from "../../command.ts";
import { typeOption } from "./options.ts";

/** Options of `orgrail policy pack`. */
export interface PolicyPackOptions {
  readonly type: string | undefined;
  readonly guardrail: readonly string[];
  readonly param: readonly string[];
  readonly out: string | undefined;
}

/** `orgrail policy pack`. */
export const policyPack: Command<PolicyPackOptions> = {
  path: ["policy", "pack"],
  group: "Policies",
  summary: "Pack policies into as few documents as the quota allows",
  description: [
    "Takes service or resource control policies that are attached to the same targets and joins " +
      "them, each type by itself: what is said twice goes, statements that differ in their actions " +
      "alone become one, and the rest is put into the fewest documents. The result is offered only " +
      "when the engine has proven it equal to what was given. Policies of other types are left alone.",
    "--guardrail adds guardrails of the library.",
  ],
  arguments: [
    {
      name: "FILE",
      description: "policy documents, or folders of .json files",
      required: false,
      variadic: true,
    },
  ],
  options: {
    type: typeOption,
    guardrail: { kind: "list", value: "NAME", description: "a guardrail of the library" },
    param: {
      kind: "list",
      value: "GUARDRAIL.NAME=VALUE",
      description: "a parameter of one of the guardrails, lists with commas",
    },
    out: { kind: "text", short: "o", value: "DIR", description: "write the documents there" },
  },
  examples: [
    { command: "orgrail policy pack policies/", says: "how many documents would do" },
    { command: "orgrail policy pack a.json b.json --out packed", says: "write them" },
    {
      command:
        "orgrail policy pack --guardrail deny-root-user --guardrail region-allow-list " +
        "--param region-allow-list.regions=eu-west-1,eu-central-1",
      says: "guardrails in one document",
    },
  ],
  exits: ["done", "failure"],
  load: async () => (await import("./pack.ts")).run,
};
