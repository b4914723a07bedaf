import type { FlagOption, ListOption, NumberOption, TextOption } from "../../command.ts";

/** Engines that the question is asked of as SQL. */
export const sqlEngines = ["duckdb", "athena", "trino"] as const;

/** Options of commands that ask a table of events. */
export interface SqlOptions {
  readonly engine: string | undefined;
  readonly table: string | undefined;
  readonly accounts: readonly string[];
  readonly dayFormat: string | undefined;
  readonly workgroup: string | undefined;
  readonly output: string | undefined;
  readonly maxCost: number | undefined;
  readonly server: string | undefined;
  readonly trinoUser: string | undefined;
  readonly countRecords: boolean;
  readonly printSql: boolean;
}

/** `--engine` and what goes with it. */
export const sqlOptions: {
  readonly engine: TextOption;
  readonly table: TextOption;
  readonly accounts: ListOption;
  readonly dayFormat: TextOption;
  readonly workgroup: TextOption;
  readonly output: TextOption;
  readonly maxCost: NumberOption;
  readonly server: TextOption;
  readonly trinoUser: TextOption;
  readonly countRecords: FlagOption;
  readonly printSql: FlagOption;
} = {
  engine: {
    kind: "text",
    value: "ENGINE",
    choices: [...sqlEngines],
    description:
      "ask by SQL where the events are: a table of Athena's or Trino's, or the lake (duckdb)",
  },
  table: {
    kind: "text",
    value: "NAME",
    description:
      "the table of events, with its database: security.trail (`orgrail logs table` makes one)",
  },
  accounts: {
    kind: "list",
    value: "ID",
    description: "with --engine: only the logs of this account (repeatable)",
  },
  dayFormat: {
    kind: "text",
    value: "FORMAT",
    choices: ["yyyy/MM/dd", "yyyy-MM-dd", "yyyyMMdd"],
    description: "how the table's partition of days is written, where the engine does not say",
  },
  workgroup: { kind: "text", value: "NAME", description: "of Athena; primary when not said" },
  output: {
    kind: "text",
    value: "S3URL",
    description: "where Athena keeps the answer; the workgroup's place when not said",
  },
  maxCost: {
    kind: "number",
    value: "USD",
    minimum: 0,
    maximum: 100_000,
    description: "what a query of Athena may cost; 5 when not said",
  },
  server: { kind: "text", value: "URL", description: "the Trino: https://trino.example.com:8443" },
  trinoUser: {
    kind: "text",
    value: "USER",
    description:
      "its user; the secret is ORGRAIL_TRINO_PASSWORD or ORGRAIL_TRINO_TOKEN in the environment",
  },
  countRecords: {
    kind: "flag",
    description: "count an event that was delivered twice as two: it takes the engine less memory",
  },
  printSql: { kind: "flag", description: "print the SQL, and do not run it" },
};
