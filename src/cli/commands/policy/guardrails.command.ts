import { organizationPolicyTypes } from "../../../core/policy-type.ts";
import type { Command } from "../../command.ts";

/** Options of `orgrail guardrails`. */
export interface GuardrailsOptions {
  readonly type: string | undefined;
  readonly param: readonly string[];
  readonly document: boolean;
}

/** `orgrail guardrails`. */
export const guardrails: Command<GuardrailsOptions> = {
  path: ["guardrails"],
  group: "Policies",
  summary: "List the library of guardrails, show one, build its document",
  description: [
    "Guardrails are parameterised policies, each tested with requests that it denies and requests " +
      "that it lets through. Name them in orgrail.yaml (`guardrail: deny-leave-organization`), or " +
      "build their documents here for another tool.",
    "Without NAME lists them all; with NAME shows why one wants it, its parameters and what it does.",
  ],
  arguments: [{ name: "NAME", description: "a guardrail", required: false }],
  options: {
    type: {
      kind: "text",
      value: "TYPE",
      choices: organizationPolicyTypes,
      description: "only guardrails of this policy type",
    },
    param: {
      kind: "list",
      value: "NAME=VALUE",
      description:
        "a parameter, lists with commas; prints the document that the guardrail makes with it",
    },
    document: {
      kind: "flag",
      description: "print the document with no parameters but the defaults",
    },
  },
  examples: [
    { command: "orgrail guardrails --type RESOURCE_CONTROL_POLICY", says: "those of a type" },
    { command: "orgrail guardrails region-allow-list", says: "one, with its parameters" },
    {
      command: "orgrail guardrails region-allow-list --param regions=eu-west-1,eu-central-1",
      says: "its document",
    },
  ],
  exits: ["done"],
  load: async () => (await import("./guardrails.ts")).run,
};
