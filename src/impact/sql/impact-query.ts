import type { OrganizationState } from "../../core/snapshot.ts";
import type { IamFacts } from "../../policy/iam-facts.ts";
import type { GuardPolicyType } from "../chains.ts";
import { callExpressions, groupColumns, groupExpressions } from "./call-expressions.ts";
import type { Dialect } from "./dialect.ts";
import type { EventTable } from "./event-table.ts";
import { type Predicate, sqlOf } from "./predicate.ts";
import { type QueryRange, rangePredicate } from "./query-range.ts";
import { recordExpressions } from "./record-expressions.ts";
import { type AskedColumn, recordAliases } from "./record-needs.ts";
import { touchedRows } from "./touched-rows.ts";

/** A question as SQL. */
export interface ImpactQuery {
  readonly sql: string;
  /** The columns of the answer, in order: what groups are told apart by, then the counts. */
  readonly columns: readonly string[];
}

/** What is asked. */
export interface ImpactQuestion {
  readonly table: EventTable;
  readonly dialect: Dialect;
  readonly facts: IamFacts;
  readonly organization: OrganizationState;
  /** The organization after the change. */
  readonly after: OrganizationState;
  /** `SERVICE_CONTROL_POLICY` when absent. */
  readonly type?: GuardPolicyType;
  readonly range?: QueryRange;
  /** Count records, an event that was delivered twice as two: it takes an engine less memory. */
  readonly countsRecords?: boolean;
}

/** Conditions on when something of a record is needed are left out when they are longer. */
const longestNeed = 20_000;

/**
 * The SQL that counts the calls of a table by what decides: of the calls that the change may touch,
 * who made them where, with what the policies look at of their records; of all others no more than
 * what they are counted under.
 *
 * A row that is not `touched` is judged the same before and after the change. What becomes of those
 * that are is found by `createImpact`, from the calls that `callOfGroup` makes of the rows.
 */
export function impactQuery(question: ImpactQuestion): ImpactQuery {
  const { table, dialect, type = "SERVICE_CONTROL_POLICY" } = question;
  const { touches, needs } = touchedRows({ ...question, type });
  const asked = needs.map(([column]) => column);
  const names = [...groupColumns, ...asked];
  const groups = groupExpressions(type === "RESOURCE_CONTROL_POLICY");
  const aliases = [...groupColumns.map((column) => column as string), ...asked.map(aliasOf)];
  const records = recordExpressions(
    table,
    dialect,
    asked,
    [touches, ...needs.map(([, where]) => where)].map(sqlOf).join(" "),
  );
  const sql = `WITH records AS (
  SELECT
    ${records.join(",\n    ")}
  FROM ${table.name}
  WHERE ${sqlOf(rangePredicate(table, question.range ?? {}))}
), calls AS (
  SELECT *,
    ${callExpressions.join(",\n    ")}
  FROM records
), callers AS (
  SELECT *,
    CASE WHEN arn_account <> '' THEN arn_account ELSE principal_account END AS caller_account
  FROM calls
), marked AS (
  SELECT *,
    ${sqlOf(touches)} AS is_touched
  FROM callers
), grouped AS (
  SELECT
    event_id,
    event_time,
    ${[
      ...groupColumns.map((column) => `${groups[column]} AS g_${column}`),
      ...needs.map(([column, where]) => `${needed(column, where)} AS g_${aliasOf(column)}`),
    ].join(",\n    ")}
  FROM marked
)
SELECT
  ${aliases.map((alias) => `g_${alias}`).join(", ")},
  ${question.countsRecords === true ? "count(*)" : distinctEvents} AS calls,
  min(event_time) AS first_time,
  max(event_time) AS last_time
FROM grouped
GROUP BY ${aliases.map((alias) => `g_${alias}`).join(", ")}`;
  return { sql, columns: [...names, ...countColumns] };
}

/** Logs are delivered at least once. */
const distinctEvents = "count(DISTINCT event_id) + count_if(event_id IS NULL)";

/** The last columns of every answer. */
const countColumns: readonly string[] = ["calls", "first", "last"];

function aliasOf(column: AskedColumn): string {
  return recordAliases[column];
}

function needed(column: AskedColumn, where: Predicate): string {
  const text = sqlOf(where);
  const condition =
    where === true || text.length > longestNeed ? "is_touched" : `is_touched AND ${text}`;
  return `CASE WHEN ${condition} THEN ${aliasOf(column)} ELSE '' END`;
}
