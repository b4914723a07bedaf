import { InputError } from "../../core/app-error.ts";
import { trino } from "../../impact/sql/dialect.ts";
import { identifier } from "../../impact/sql/sql-text.ts";
import { createTrinoClient } from "../../logs/trino/trino-client.ts";
import type { SqlOptions } from "../commands/events/sql-options.ts";
import type { Deps } from "../deps.ts";
import { progressOf } from "../make-plan.ts";
import { adopted } from "./adopted.ts";
import type { SqlEngine } from "./sql-engine.ts";

/** A table of a Trino's. Throws ORGRAIL5340 when it is not said which, and the client's errors. */
export async function trinoEngine(deps: Deps, options: SqlOptions): Promise<SqlEngine> {
  const { server, table: told = "" } = options;
  if (server === undefined) {
    throw new InputError("ORGRAIL5340", "no Trino is named", [], "--server https://HOST:PORT");
  }
  const parts = told.split(".");
  if (parts.length !== 3 || parts.includes("")) {
    throw new InputError(
      "ORGRAIL5340",
      `\`${told}\` names no table of a Trino`,
      [],
      "write CATALOG.SCHEMA.TABLE",
    );
  }
  const { ORGRAIL_TRINO_PASSWORD: password = "", ORGRAIL_TRINO_TOKEN: token = "" } = deps.env;
  const progress = progressOf(deps);
  const client = createTrinoClient({
    server,
    user: options.trinoUser ?? deps.env.USER ?? "orgrail",
    ...(password === "" ? {} : { password }),
    ...(token === "" ? {} : { token }),
    clock: deps.clock,
    signal: deps.signal,
    onProgress: (percent) => progress.update(Math.floor(percent), 100, ""),
  });
  const name = parts.map(identifier).join(".");
  const columns: { name: string; type: string; isPartition: boolean }[] = [];
  for await (const rows of (await client.run(`SHOW COLUMNS FROM ${name}`)).rows()) {
    for (const [column, type, extra] of rows) {
      const isPartition = /partition key/i.test(String(extra));
      columns.push({ name: String(column), type: String(type), isPartition });
    }
  }
  return {
    name: "Trino",
    dialect: trino,
    ...adopted(told, name, columns, options.dayFormat),
    check: async () => ({ gaps: [] }),
    run: async (sql) => {
      progress.stage("Trino:");
      return client.run(sql);
    },
    close: async () => progress.end(),
  };
}
