import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBResult } from "@duckdb/node-api";
import { AppError, InputError } from "../../core/app-error.ts";
import type { Lake } from "../lake/lake.ts";
import { type LakeRange, lakeViews, literal } from "./lake-views.ts";
import { type DuckDbModule, loadDuckDb } from "./load-duckdb.ts";

/** Answers queries over a lake. */
export interface LakeQuery {
  /**
   * Runs one statement that only reads, and gives its rows as they come. Throws ORGRAIL4321 when it
   * is none, or has an error.
   */
  run(sql: string): Promise<QueryResult>;
  /**
   * DuckDB's own connection, for code of orgrail's that reads columns as a whole; never for SQL of
   * a user's.
   */
  readonly connection: DuckDBConnection;
  close(): Promise<void>;
}

/** The answer of a query. */
export interface QueryResult {
  readonly columns: readonly string[];
  /** Rows in stretches; values as JSON has them, whole numbers beyond 2^53 as texts. */
  rows(): AsyncIterable<readonly (readonly unknown[])[]>;
}

/** How a lake is asked. */
export interface LakeQueryOptions extends LakeRange {
  /** 2 when absent. */
  readonly threads?: number;
  /** 512 when absent. */
  readonly memoryMb?: number;
  readonly signal?: AbortSignal;
}

/**
 * Opens a lake for SQL: views `events` and `keys`, in a DuckDB in memory that loads no extensions,
 * reaches no network and no files but the lake's, and takes no setting back.
 *
 * @see https://duckdb.org/docs/stable/operations_manual/securing_duckdb/overview
 */
export async function openLakeQuery(
  lake: Lake,
  options: LakeQueryOptions = {},
): Promise<LakeQuery> {
  const { DuckDBInstance, DuckDBTypeId, StatementType } = await loadDuckDb();
  const temporary = await mkdtemp(join(tmpdir(), "orgrail-query-"));
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(options.threads ?? 2),
    memory_limit: `${options.memoryMb ?? 512}MB`,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  });
  const connection = await instance.connect();
  const interrupt = (): void => connection.interrupt();
  options.signal?.addEventListener("abort", interrupt);
  const close = async (): Promise<void> => {
    options.signal?.removeEventListener("abort", interrupt);
    connection.closeSync();
    instance.closeSync();
    await rm(temporary, { recursive: true, force: true });
  };
  try {
    await connection.run(`SET temp_directory = ${literal(temporary)}`);
    await connection.run(`SET allowed_directories = [${literal(`${lake.folder}/`)}]`);
    await connection.run("SET enable_external_access = false");
    for (const view of await lakeViews(lake, options)) await connection.run(view);
    await connection.run("SET lock_configuration = true");
  } catch (error) {
    await close();
    throw error;
  }

  const prepare = async (sql: string): Promise<DuckDBPreparedStatement> => {
    const statements = await connection.extractStatements(sql).catch((error: unknown) => {
      throw isNoStatement(error) ? refused("it is empty") : error;
    });
    if (statements.count !== 1) throw refused("it is not one statement");
    return statements.prepare(0);
  };

  const start = async (sql: string): Promise<DuckDBResult> => {
    const statement = await prepare(sql);
    const { statementType } = statement;
    if (statementType === StatementType.EXPLAIN) {
      // EXPLAIN ANALYZE runs what it explains, a COPY too.
      const explained = explainedPattern.exec(sql)?.[1];
      const isRead =
        explained !== undefined &&
        (await prepare(explained)).statementType === StatementType.SELECT;
      if (!isRead) throw refused("it does not only read");
    } else if (statementType !== StatementType.SELECT) throw refused("it does not only read");
    return statement.stream();
  };

  return {
    connection,
    close,
    run: async (sql) => {
      try {
        const result = await start(sql);
        return {
          columns: result.columnNames(),
          rows: () => readRows(result, DuckDBTypeId, options.signal),
        };
      } catch (error) {
        throw translated(error, options.signal);
      }
    },
  };
}

async function* readRows(
  result: DuckDBResult,
  DuckDBTypeId: DuckDbModule["DuckDBTypeId"],
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly (readonly unknown[])[], void, undefined> {
  try {
    const whole = result.columnTypes().map(({ typeId }) => wholeNumbers.has(DuckDBTypeId[typeId]));
    for await (const rows of result.yieldRowsJson()) {
      yield rows.map((row) => row.map((value, index) => (whole[index] ? asNumber(value) : value)));
    }
  } catch (error) {
    throw translated(error, signal);
  }
}

/** What stands behind `EXPLAIN`, `EXPLAIN ANALYZE` and `EXPLAIN (FORMAT json)`. */
const explainedPattern = /^\s*EXPLAIN\b(?:\s*ANALYZE\b)?(?:\s*\([^()]*\)(?=\s*\w))?(.*)$/is;

/** DuckDB finds no words for a text without a statement. */
function isNoStatement(error: unknown): boolean {
  return error instanceof Error && error.message === "Error in native callback";
}

/** Types whose values DuckDB gives as texts, for they may not fit a number. */
const wholeNumbers: ReadonlySet<string> = new Set(["BIGINT", "UBIGINT", "HUGEINT", "UHUGEINT"]);

function asNumber(value: unknown): unknown {
  const number = typeof value === "string" ? Number(value) : Number.NaN;
  return Number.isSafeInteger(number) ? number : value;
}

function refused(why: string): InputError {
  return new InputError(
    "ORGRAIL4321",
    `the query was not run: ${why}`,
    [],
    "write one SELECT over the views `events` and `keys`",
  );
}

function translated(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted === true) return signal.reason;
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const isMemory = message.startsWith("Out of Memory");
  return new AppError("ORGRAIL4321", `DuckDB: ${message.trim()}`, {
    exit: isMemory ? "failure" : "usage",
    ...(isMemory ? { hint: "ask for fewer days or accounts, or group more" } : {}),
    cause: error,
  });
}
