import type { ListOption } from "./command.ts";

/** Options of commands that read the configuration. */
export interface ConfigOptions {
  readonly values: readonly string[];
  readonly value: readonly string[];
}

/** The same as the table has them. */
export const configOptions: { readonly values: ListOption; readonly value: ListOption } = {
  values: {
    kind: "list",
    value: "FILE",
    description: "values for the substitutions of the configuration: a YAML mapping",
  },
  value: { kind: "list", value: "NAME=VALUE", description: "one such value" },
};
