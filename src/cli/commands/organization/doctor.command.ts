import type { Command } from "../../command.ts";
import { type ConfigOptions, configOptions } from "../../config-options.ts";

/** Options of `orgrail doctor`. */
export type DoctorOptions = ConfigOptions;

/** `orgrail doctor`. */
export const doctor: Command<DoctorOptions> = {
  path: ["doctor"],
  group: "Organization",
  summary: "Say who you are, what you may do, and what is missing",
  description: [
    "Asks AWS who the caller is and what the account is to the organization, tries every kind of " +
      "read once, and lists the permissions that are missing with a policy that grants them. Looks " +
      "at the configuration, the clock, the version of Node.js and an interrupted apply too.",
  ],
  options: configOptions,
  examples: [
    { command: "orgrail doctor", says: "with the credentials at hand" },
    { command: "orgrail doctor --profile audit", says: "with a profile's" },
  ],
  exits: ["done", "failure", "credentials"],
  load: async () => (await import("./doctor.ts")).run,
};
