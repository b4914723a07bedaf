import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Gap } from "../../core/read.ts";
import type { Dialect } from "../../impact/sql/dialect.ts";
import type { EventTable } from "../../impact/sql/event-table.ts";
import type { QueryRange } from "../../impact/sql/query-range.ts";
import type { QueryAnswer } from "../../logs/query-answer.ts";

/** A table of events and the engine that has it. */
export interface SqlEngine {
  /** For people: `Athena`, `Trino`, `DuckDB`. */
  readonly name: string;
  readonly dialect: Dialect;
  readonly table: EventTable;
  /** What is to be known of the table. */
  readonly notes: readonly Diagnostic[];
  /** Checks before a query runs that it may; what it cannot see is a gap. */
  check(sql: string, range: QueryRange): Promise<SqlCheck>;
  run(sql: string): Promise<SqlAnswer>;
  close(): Promise<void>;
}

/** What is known of a query before it runs. */
export interface SqlCheck {
  readonly gaps: readonly Gap[];
  readonly estimate?: {
    readonly objects: number;
    readonly bytes: number;
    readonly costUsd: number;
  };
}

/** An answer, with what it took. */
export interface SqlAnswer extends QueryAnswer {
  readonly scannedBytes?: number;
  readonly costUsd?: number;
}
