import { organizationPolicyTypes } from "../../../core/policy-type.ts";
import type { Command } from "../../command.ts";
import { type SourceOptions, sourceOptions } from "../../policy/source-options.ts";

/** Options of `orgrail effective`. */
export interface EffectiveOptions extends SourceOptions {
  readonly type: string | undefined;
}

/** `orgrail effective`. */
export const effective: Command<EffectiveOptions> = {
  path: ["effective"],
  group: "Policies",
  summary: "Show which policies bind an account or organizational unit",
  description: [
    "For service and resource control policies: every level from the root down with what its " +
      "policies allow and deny, and what that leaves of all known actions. For the management policy " +
      "types: the effective policy, merged from all levels, with what keeps it from working.",
    "By the configuration, by a snapshot (--snapshot) or by AWS (--live).",
  ],
  arguments: [
    {
      name: "PLACE",
      description:
        "an account by name or id, an organizational unit such as Workloads/Prod, or Root",
      required: true,
    },
  ],
  options: {
    type: {
      kind: "text",
      value: "TYPE",
      choices: organizationPolicyTypes,
      description: "the type of policies; all that are enabled when absent",
    },
    ...sourceOptions,
  },
  examples: [
    { command: "orgrail effective 'Shop prod'", says: "all types, by the configuration" },
    {
      command: "orgrail effective Workloads/Prod --type SERVICE_CONTROL_POLICY --live",
      says: "what AWS has now",
    },
  ],
  exits: ["done", "gaps", "credentials"],
  load: async () => (await import("./effective.ts")).run,
};
