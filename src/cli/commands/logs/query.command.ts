import type { Command } from "../../command.ts";
import { type LakeOptions, lakeOption } from "./options.ts";

/** Options of `orgrail logs query`. */
export interface LogsQueryOptions extends LakeOptions {
  readonly format: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly accounts: readonly string[];
}

/** `orgrail logs query`. */
export const logsQuery: Command<LogsQueryOptions> = {
  path: ["logs", "query"],
  group: "Events",
  summary: "Ask the lake in SQL",
  description: [
    "Runs one SELECT of DuckDB's SQL over two views: `events`, a row an event, and `keys`, how often " +
      "which principal called what, by account, Region, day and outcome. docs/logs.md has the columns.",
    "The query reads the lake and nothing else: no other file, no network, no extension. It needs the " +
      "optional package @duckdb/node-api.",
  ],
  arguments: [
    { name: "SQL", description: "one SELECT; - reads it from standard input", required: true },
  ],
  options: {
    lake: lakeOption,
    format: {
      kind: "text",
      value: "FORMAT",
      choices: ["table", "csv", "jsonl"],
      description: "table when not said; all rows in any",
    },
    from: { kind: "text", value: "DAY", description: "only events from this day on, or 90d" },
    to: { kind: "text", value: "DAY", description: "only events up to this day" },
    accounts: { kind: "list", value: "ID", description: "only this account (repeatable)" },
  },
  examples: [
    {
      command:
        'orgrail logs query "SELECT eventName, count(*) AS n FROM events GROUP BY 1 ORDER BY 2 DESC LIMIT 10"',
      says: "what is called most",
    },
    {
      command:
        "orgrail logs query \"SELECT principal, sum(count) FROM keys WHERE errorClass = 'denied-by-scp' GROUP BY 1\"",
      says: "whom SCPs deny",
    },
  ],
  exits: ["done", "failure"],
  load: async () => (await import("./query.ts")).run,
};
