import type { DayPartition, EventTable } from "./event-table.ts";
import { and, or, type Predicate } from "./predicate.ts";
import { literal, literals } from "./sql-text.ts";

/** Which events are asked for. */
export interface QueryRange {
  /** Events before or after are passed over; those without a time never are. */
  readonly sinceMs?: number;
  readonly untilMs?: number;
  /** Accounts whose trails are read; all when absent. */
  readonly accounts?: readonly string[];
}

const dayMs = 86_400_000;

/** Where an event is within a range, and which partitions can hold such events. */
export function rangePredicate(table: EventTable, range: QueryRange): Predicate {
  const { sinceMs, untilMs, accounts } = range;
  const account = table.account ?? table.fields.recipientAccountId;
  return and(
    accounts !== undefined && account !== undefined
      ? `${account} IN (${literals(accounts)})`
      : true,
    // Files are named by their delivery: never before the event, and at most a day after it.
    ...(table.day === undefined
      ? []
      : [
          sinceMs === undefined || `${table.day.column} >= ${dayLiteral(table.day, sinceMs)}`,
          untilMs === undefined ||
            `${table.day.column} <= ${dayLiteral(table.day, untilMs + dayMs)}`,
        ]),
    ...timeBounds(table, sinceMs, untilMs),
  );
}

function timeBounds(
  { time }: EventTable,
  sinceMs: number | undefined,
  untilMs: number | undefined,
): readonly Predicate[] {
  const { column, kind } = time;
  const none = or(`${column} IS NULL`, kind === "text" && `${column} = ''`);
  // Events have whole seconds.
  return [
    sinceMs === undefined ||
      or(none, `${column} >= ${timeLiteral(Math.ceil(sinceMs / 1_000), kind)}`),
    untilMs === undefined ||
      or(none, `${column} <= ${timeLiteral(Math.floor(untilMs / 1_000), kind)}`),
  ];
}

function timeLiteral(seconds: number, kind: EventTable["time"]["kind"]): string {
  const iso = `${new Date(seconds * 1_000).toISOString().slice(0, 19)}Z`;
  if (kind === "text") return literal(iso);
  const text = iso.replace("T", " ").replace("Z", kind === "zoned" ? " UTC" : "");
  return `TIMESTAMP ${literal(text)}`;
}

function dayLiteral({ format }: DayPartition, ms: number): string {
  const day = new Date(ms).toISOString().slice(0, 10);
  if (format === "date") return `DATE ${literal(day)}`;
  return literal(
    format === "yyyy/MM/dd"
      ? day.replaceAll("-", "/")
      : format === "yyyyMMdd"
        ? day.replaceAll("-", "")
        : day,
  );
}
