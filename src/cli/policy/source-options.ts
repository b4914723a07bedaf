import type { FlagOption, ListOption, TextOption } from "../command.ts";
import { type ConfigOptions, configOptions } from "../config-options.ts";

/** Options of commands that ask an organization: of the configuration, of a file or of AWS. */
export interface SourceOptions extends ConfigOptions {
  readonly snapshot: string | undefined;
  readonly live: boolean;
}

/** The same as the table has them. */
export const sourceOptions: {
  readonly snapshot: TextOption;
  readonly live: FlagOption;
  readonly values: ListOption;
  readonly value: ListOption;
} = {
  snapshot: {
    kind: "text",
    value: "FILE",
    description: "ask this saved snapshot instead of the configuration",
  },
  live: { kind: "flag", description: "ask AWS instead of the configuration" },
  ...configOptions,
};
