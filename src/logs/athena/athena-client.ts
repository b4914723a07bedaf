import type { Aws, CallOptions } from "../../aws/aws.ts";
import type { Output } from "../../aws/operations.ts";
import { AppError } from "../../core/app-error.ts";
import { athena } from "../../data/athena.ts";
import type { QueryAnswer } from "../query-answer.ts";

/** How Athena is asked. */
export interface AthenaOptions {
  readonly aws: Aws;
  readonly workgroup: string;
  /** `s3://BUCKET/PREFIX/`; the workgroup's own when absent. */
  readonly output?: string;
  readonly catalog: string;
  readonly database: string;
  /** A query that reads more is stopped. */
  readonly mostBytes?: number;
  /** Makes the tokens by which Athena knows a request that is sent twice. */
  readonly token: () => string;
  readonly signal?: AbortSignal;
  /** Told how much was read so far. */
  readonly onProgress?: (bytes: number) => void;
}

/** The answer of Athena, with what it read. */
export interface AthenaAnswer extends QueryAnswer {
  readonly queryId: string;
  /** Bytes that are charged. */
  readonly scannedBytes: number;
}

/** Asks Athena. */
export interface AthenaClient {
  /**
   * Runs a statement to its end. Throws ORGRAIL4385 when it fails or reads too much, and AwsErrors. A
   * query is stopped when the signal aborts.
   */
  run(sql: string): Promise<AthenaAnswer>;
}

/** Waits between questions how far a query is, in milliseconds. */
const waits = { first: 250, most: 3_000 } as const;

/**
 * Makes a client of Athena.
 *
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html
 */
export function createAthenaClient(options: AthenaOptions): AthenaClient {
  const { aws, signal } = options;
  const call: CallOptions = {
    region: aws.region,
    ...(signal === undefined ? {} : { signal }),
  };

  const stop = async (QueryExecutionId: string): Promise<void> => {
    try {
      // The signal that asks for the stop must not stop it.
      await aws.call("athena", "StopQueryExecution", { QueryExecutionId }, { region: aws.region });
    } catch {
      // It has ended, or its workgroup's limit ends it.
    }
  };

  const wait = async (queryId: string): Promise<number> => {
    for (let waitMs: number = waits.first; ; waitMs = Math.min(waitMs * 1.5, waits.most)) {
      const { QueryExecution: execution } = await aws.call(
        "athena",
        "GetQueryExecution",
        { QueryExecutionId: queryId },
        call,
      );
      const { State: state, StateChangeReason: reason } = execution?.Status ?? {};
      const bytes = execution?.Statistics?.DataScannedInBytes ?? 0;
      options.onProgress?.(bytes);
      if (state === "SUCCEEDED") return bytes;
      if (state === "FAILED" || state === "CANCELLED") {
        throw new AppError("ORGRAIL4385", `Athena: ${failure(state, reason)} (query ${queryId})`, {
          hint: "--print-sql shows the query; Athena's console shows it under its id",
        });
      }
      if (options.mostBytes !== undefined && bytes > options.mostBytes) {
        await stop(queryId);
        throw new AppError(
          "ORGRAIL4385",
          `Athena: the query was stopped after ${bytes} bytes, more than it may read (query ${queryId})`,
          { hint: "allow more with --max-cost, or ask for fewer days or accounts" },
        );
      }
      await aws.clock.sleep(waitMs, signal);
    }
  };

  return {
    run: async (sql) => {
      const { QueryExecutionId: queryId = "" } = await aws.call(
        "athena",
        "StartQueryExecution",
        {
          QueryString: sql,
          ClientRequestToken: options.token(),
          QueryExecutionContext: { Catalog: options.catalog, Database: options.database },
          WorkGroup: options.workgroup,
          ...(options.output === undefined
            ? {}
            : { ResultConfiguration: { OutputLocation: options.output } }),
        },
        { ...call, idempotent: true, finish: true },
      );
      let scannedBytes: number;
      try {
        signal?.throwIfAborted();
        scannedBytes = await wait(queryId);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "ORGRAIL4385") await stop(queryId);
        throw error;
      }
      const page = (token: string | undefined): Promise<Output<"athena", "GetQueryResults">> =>
        aws.call(
          "athena",
          "GetQueryResults",
          {
            QueryExecutionId: queryId,
            MaxResults: athena.pageRows,
            ...(token === undefined ? {} : { NextToken: token }),
          },
          call,
        );
      const first = await page(undefined);
      const columns = (first.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(
        ({ Name = "" }) => Name,
      );
      return {
        queryId,
        scannedBytes,
        columns,
        rows: async function* () {
          let isFirst = true;
          for (let at = first; ; at = await page(at.NextToken)) {
            const rows = (at.ResultSet?.Rows ?? []).map(({ Data = [] }) =>
              columns.map((_, index) => Data[index]?.VarCharValue ?? null),
            );
            // The answer of a SELECT starts with the names of its columns.
            const head = isFirst ? rows[0] : undefined;
            const isHead = head?.every((value, index) => value === columns[index]) === true;
            isFirst = false;
            if (rows.length > (isHead ? 1 : 0)) yield isHead ? rows.slice(1) : rows;
            if (at.NextToken === undefined) return;
          }
        },
      };
    },
  };
}

function failure(state: string, reason: string | undefined): string {
  const said = (reason ?? "").replace(/\s+/g, " ").trim().slice(0, 500);
  const what = state === "CANCELLED" ? "the query was cancelled" : "the query failed";
  return said === "" ? what : `${what}: ${said}`;
}
