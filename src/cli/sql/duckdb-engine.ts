import { duckdb } from "../../impact/sql/dialect.ts";
import { openLakeQuery } from "../../logs/duckdb/open-lake-query.ts";
import { eventColumns } from "../../logs/lake/event-columns.ts";
import { openLake } from "../../logs/lake/lake.ts";
import { lakeFolder } from "../commands/logs/lake-folder.ts";
import type { Deps } from "../deps.ts";
import { adopted } from "./adopted.ts";
import type { SqlEngine } from "./sql-engine.ts";

const types = { text: "varchar", json: "varchar", boolean: "boolean", time: "timestamp" } as const;

/** The lake, by SQL. */
export async function duckDbEngine(deps: Deps, lake: string): Promise<SqlEngine> {
  const query = await openLakeQuery(await openLake(await lakeFolder(deps, lake)), {
    signal: deps.signal,
  });
  const columns = [
    ...eventColumns.map(({ name, kind }) => ({ name, type: types[kind] })),
    { name: "account", type: "varchar", isPartition: true },
    { name: "day", type: "date", isPartition: true },
  ];
  return {
    name: "DuckDB",
    dialect: duckdb,
    ...adopted("events", "events", columns, undefined),
    check: async () => ({ gaps: [] }),
    run: (sql) => query.run(sql),
    close: () => query.close(),
  };
}
