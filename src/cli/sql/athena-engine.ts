import { randomUUID } from "node:crypto";
import { AwsError } from "../../aws/aws-error.ts";
import { InputError } from "../../core/app-error.ts";
import { athena } from "../../data/athena.ts";
import { trino } from "../../impact/sql/dialect.ts";
import type { EventTable } from "../../impact/sql/event-table.ts";
import type { QueryRange } from "../../impact/sql/query-range.ts";
import { identifier } from "../../impact/sql/sql-text.ts";
import { createAthenaClient } from "../../logs/athena/athena-client.ts";
import {
  type AthenaTable,
  parseTableName,
  readTable,
  readWorkgroup,
} from "../../logs/athena/athena-place.ts";
import { affordableBytes, estimateScan, scanCost } from "../../logs/athena/estimate-scan.ts";
import type { LogSelection } from "../../logs/source/log-source.ts";
import type { SqlOptions } from "../commands/events/sql-options.ts";
import { connect } from "../connect.ts";
import type { Deps } from "../deps.ts";
import { progressOf } from "../make-plan.ts";
import { counted } from "../words.ts";
import { adopted } from "./adopted.ts";
import type { SqlCheck, SqlEngine } from "./sql-engine.ts";

/** What a query may cost when nobody says it, in US dollars. */
const usualMaxCost = 5;

/** A table of Athena's. Throws ORGRAIL5340 to ORGRAIL5343, the client's errors and AwsErrors. */
export async function athenaEngine(deps: Deps, options: SqlOptions): Promise<SqlEngine> {
  const { workgroup = "primary", table: told = "", maxCost = usualMaxCost, output } = options;
  const name = parseTableName(told);
  const progress = progressOf(deps);
  const aws = await connect(deps, { progress });
  const { signal } = deps;
  try {
    const group = await readWorkgroup(aws, workgroup, signal);
    if (output === undefined && group.output === undefined && !group.managesOutput) {
      throw new InputError(
        "ORGRAIL5340",
        `the workgroup \`${workgroup}\` has no place for answers`,
        [],
        "--output s3://BUCKET/PREFIX/",
      );
    }
    const found = await tableOf(() => readTable(aws, name, workgroup, signal));
    if (found === undefined) {
      throw new InputError(
        "ORGRAIL5341",
        `Athena has no table \`${told}\` in ${aws.region}`,
        [],
        "`orgrail logs table` makes one over an organization trail's bucket",
      );
    }
    const [dayFormat] = [...found.dayFormats.values()];
    const place = adopted(
      told,
      [name.database, name.table].map(identifier).join("."),
      found.columns,
      dayFormat ?? options.dayFormat,
    );
    const mostBytes = affordableBytes(maxCost);
    const client = createAthenaClient({
      aws,
      workgroup,
      ...(output === undefined || group.isEnforced ? {} : { output }),
      catalog: name.catalog,
      database: name.database,
      mostBytes,
      token: randomUUID,
      signal,
      onProgress: (bytes) => progress.update(0, undefined, `${gigabytes(bytes)} read`),
    });

    const check = async (sql: string, range: QueryRange): Promise<SqlCheck> => {
      if (Buffer.byteLength(sql) > athena.longestQuery) {
        throw new InputError(
          "ORGRAIL5343",
          `the query has ${Buffer.byteLength(sql)} bytes, and Athena takes ${athena.longestQuery}`,
          [],
          "ask for fewer targets at a time",
        );
      }
      if (found.location === undefined) {
        if (maxCost > 0) return { gaps: [] };
        throw new InputError(
          "ORGRAIL5343",
          `what the query would read cannot be told: \`${told}\` names no place in S3`,
          [],
          "--max-cost says what it may cost; a query that reads more is stopped",
        );
      }
      progress.stage("listing what would be read:");
      const { objects, bytes, gaps } = await estimateScan({
        aws,
        location: found.location,
        selection: selectionOf(range, place.table),
        signal,
        onProgress: (files, size) =>
          progress.update(files, undefined, `${counted(files, "file")}, ${gigabytes(size)}`),
      });
      progress.end();
      const costUsd = scanCost(bytes);
      const what = `the query would read ${gigabytes(bytes)} in ${counted(objects, "file")} and cost about ${usd(costUsd)}`;
      if (costUsd > maxCost) {
        throw new InputError(
          "ORGRAIL5343",
          `${what}, more than ${usd(maxCost)}`,
          [],
          "allow it with --max-cost, or ask for fewer days (--since) or accounts (--accounts)",
        );
      }
      if (group.cutoffBytes !== undefined && bytes > group.cutoffBytes) {
        throw new InputError(
          "ORGRAIL5343",
          `${what}, but the workgroup \`${workgroup}\` stops queries at ${gigabytes(group.cutoffBytes)}`,
          [],
          "ask for fewer days or accounts, or in another workgroup (--workgroup)",
        );
      }
      return { gaps, estimate: { objects, bytes, costUsd } };
    };

    return {
      name: "Athena",
      dialect: trino,
      ...place,
      check,
      run: async (sql) => {
        progress.stage("Athena:");
        const answer = await client.run(sql);
        return { ...answer, costUsd: scanCost(answer.scannedBytes) };
      },
      close: async () => {
        progress.end();
        aws.close();
      },
    };
  } catch (error) {
    progress.end();
    aws.close();
    throw error;
  }
}

/** A table that is not there is an error of its own to Athena. */
async function tableOf(
  read: () => Promise<AthenaTable | undefined>,
): Promise<AthenaTable | undefined> {
  try {
    return await read();
  } catch (error) {
    const isAbsent =
      error instanceof AwsError &&
      /EntityNotFound|not found|MetadataException/i.test(error.message);
    if (isAbsent) return undefined;
    throw error;
  }
}

/** The files that are read: what is no partition leaves none out, whatever the query asks for. */
function selectionOf(
  { sinceMs, untilMs, accounts }: QueryRange,
  { day: days, account }: EventTable,
): LogSelection {
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  return {
    ...(sinceMs === undefined || days === undefined ? {} : { from: day(sinceMs) }),
    // As the query reads a day more: files come after their events.
    ...(untilMs === undefined || days === undefined ? {} : { to: day(untilMs + 86_400_000) }),
    ...(accounts === undefined || account === undefined ? {} : { accounts: new Set(accounts) }),
  };
}

function gigabytes(bytes: number): string {
  return bytes >= 1e12 ? `${(bytes / 1e12).toFixed(2)} TB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

/** An amount for people. */
export function usd(amount: number): string {
  return `$${amount.toFixed(amount < 0.1 ? 4 : 2)}`;
}
