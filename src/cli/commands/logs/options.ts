import type { ListOption, TextOption } from "../../command.ts";

/** Options of commands that work on a lake. */
export interface LakeOptions {
  readonly lake: string | undefined;
}

/** `--lake`. */
export const lakeOption: TextOption = {
  kind: "text",
  value: "DIR",
  description: "folder of the lake; .orgrail/lake beside the configuration when not said",
};

/** Options by which logs are chosen. */
export interface SelectionOptions {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}

/** `--from`, `--to`, `--accounts`, `--regions`. */
export const selectionOptions: {
  readonly from: TextOption;
  readonly to: TextOption;
  readonly accounts: ListOption;
  readonly regions: ListOption;
} = {
  from: {
    kind: "text",
    value: "DAY",
    description: "first day, such as 2026-08-01 (UTC), or so many days back, such as 90d",
  },
  to: { kind: "text", value: "DAY", description: "last day" },
  accounts: { kind: "list", value: "ID", description: "only this account (repeatable)" },
  regions: { kind: "list", value: "REGION", description: "only this Region (repeatable)" },
};
