import { InputError } from "../../core/app-error.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Gap } from "../../core/read.ts";
import { replaySql } from "../../engine/replay-sql.ts";
import type { Call } from "../../impact/call.ts";
import { type ImpactQuestion, impactQuery } from "../../impact/sql/impact-query.ts";
import type { QueryRange } from "../../impact/sql/query-range.ts";
import type { SqlOptions } from "../commands/events/sql-options.ts";
import type { Deps } from "../deps.ts";
import { counted } from "../words.ts";
import type { SqlCheck, SqlEngine } from "./sql-engine.ts";

/** What an engine was asked, and what it took. */
export interface SqlFacts {
  readonly engine: string;
  readonly table: string;
  /** Rows of its answer. */
  readonly groups: number;
  readonly estimate?: NonNullable<SqlCheck["estimate"]>;
  readonly scannedBytes?: number;
  readonly costUsd?: number;
}

/** What came of asking an engine; without `facts` the SQL was printed only. */
export interface ReplayedBySql {
  readonly files: number;
  readonly events: number;
  readonly gaps: readonly Gap[];
  readonly notes: readonly Diagnostic[];
  readonly facts?: SqlFacts;
}

/** Gives the calls of a table, as its engine groups them, to a sink; or prints the SQL. */
export async function replayBySql(
  deps: Deps,
  options: SqlOptions & { readonly lake: string | undefined },
  question: Pick<ImpactQuestion, "organization" | "after" | "type" | "facts">,
  range: QueryRange,
  sink: { add(call: Call): void },
): Promise<ReplayedBySql> {
  const engine = await openEngine(deps, options);
  const { dialect, table, notes, name } = engine;
  try {
    const { accounts } = options;
    const query = impactQuery({
      ...question,
      dialect,
      table,
      countsRecords: options.countRecords,
      range: { ...range, ...(accounts.length === 0 ? {} : { accounts }) },
    });
    if (options.printSql) {
      deps.stdout.write(`${query.sql}\n`);
      return { files: 0, events: 0, gaps: [], notes };
    }
    const { gaps, estimate } = await engine.check(query.sql, {
      ...range,
      ...(accounts.length === 0 ? {} : { accounts }),
    });
    const answer = await engine.run(query.sql);
    const { groups, events } = await replaySql(sink, query, answer);
    const { scannedBytes, costUsd } = answer;
    return {
      files: 0,
      events,
      gaps,
      notes,
      facts: {
        engine: name,
        table: options.table ?? table.name,
        groups,
        ...(estimate === undefined ? {} : { estimate }),
        ...(scannedBytes === undefined ? {} : { scannedBytes }),
        ...(costUsd === undefined ? {} : { costUsd }),
      },
    };
  } finally {
    await engine.close();
  }
}

/** A line on what an engine was asked. */
export function sqlLine(facts: SqlFacts, events: number): string {
  const { engine, table, groups, scannedBytes, costUsd } = facts;
  const read =
    scannedBytes === undefined || costUsd === undefined
      ? ""
      : `; ${(scannedBytes / 1e9).toFixed(3)} GB read, about $${costUsd.toFixed(4)}`;
  return `Asked of ${engine}, table ${table}: ${counted(events, "event")} in ${counted(groups, "group")}${read}.`;
}

async function openEngine(
  deps: Deps,
  options: SqlOptions & { readonly lake: string | undefined },
): Promise<SqlEngine> {
  const { engine, lake, table } = options;
  if (engine === "duckdb") {
    if (lake === undefined) {
      throw new InputError(
        "ORGRAIL5340",
        "no lake is named",
        [],
        "--engine duckdb asks the lake of --lake",
      );
    }
    return (await import("./duckdb-engine.ts")).duckDbEngine(deps, lake);
  }
  if (table === undefined || lake !== undefined) {
    throw new InputError(
      "ORGRAIL5340",
      table === undefined
        ? "no table is named"
        : `--lake and --engine ${engine} exclude each other`,
      [],
      "--table DATABASE.TABLE of Athena, --table CATALOG.SCHEMA.TABLE of Trino",
    );
  }
  return engine === "athena"
    ? (await import("./athena-engine.ts")).athenaEngine(deps, options)
    : (await import("./trino-engine.ts")).trinoEngine(deps, options);
}
