import type { CloudTrailEvent } from "../../core/event.ts";
import { type EventColumn, eventColumns } from "../lake/event-columns.ts";
import { literal } from "./lake-views.ts";
import type { LakeQuery } from "./open-lake-query.ts";

/** Which events of a lake are read. */
export interface LakeEventsFilter {
  /** Events of these names. */
  readonly named: ReadonlySet<string>;
  /**
   * Also those in which one of these stands, a text of JSON with its quotes such as `"Root"`: as a
   * text of the identity, or anywhere in the request's parameters.
   */
  readonly containing: readonly string[];
  /** By the events' own time; both are within. */
  readonly sinceMs?: number;
  readonly untilMs?: number;
}

const jsonSearched = "requestParameters";
const textsSearched = eventColumns.filter(
  ({ field, kind }) => kind === "text" && field.startsWith("userIdentity."),
);

/**
 * Events of a lake as records again, in stretches, with the members that the lake keeps. Columns of
 * which nothing is asked are read for those rows only that are wanted.
 */
export async function* readLakeEvents(
  query: LakeQuery,
  filter: LakeEventsFilter,
): AsyncGenerator<readonly CloudTrailEvent[], void, undefined> {
  const columns = eventColumns.map(({ name, kind }) =>
    kind === "time" ? `epoch_ms("${name}")` : `"${name}"`,
  );
  const { named, containing } = filter;
  const wanted = [
    ...(named.size === 0 ? [] : [`"eventName" IN (${[...named].map(literal).join(", ")})`]),
    ...containing.map(containingSql),
  ];
  const where = [wanted.length === 0 ? "false" : `(${wanted.join(" OR ")})`, ...timeSql(filter)];
  const { rows } = await query.run(
    `SELECT ${columns.join(", ")} FROM events WHERE ${where.join(" AND ")}`,
  );
  for await (const part of rows()) yield part.map(eventOf);
}

/** How many events a lake has in a time. */
export async function countLakeEvents(
  query: LakeQuery,
  time: Pick<LakeEventsFilter, "sinceMs" | "untilMs">,
): Promise<number> {
  const where = timeSql(time);
  const { rows } = await query.run(
    `SELECT count(*) FROM events${where.length === 0 ? "" : ` WHERE ${where.join(" AND ")}`}`,
  );
  for await (const part of rows()) return Number(part[0]?.[0] ?? 0);
  return 0;
}

function containingSql(text: string): string {
  const value = literal(String(JSON.parse(text)));
  const same = textsSearched.map(({ name }) => `"${name}" = ${value}`);
  return [...same, `contains("${jsonSearched}", ${literal(text)})`].join(" OR ");
}

function timeSql({
  sinceMs,
  untilMs,
}: Pick<LakeEventsFilter, "sinceMs" | "untilMs">): readonly string[] {
  return [
    ...(sinceMs === undefined ? [] : [`"eventTime" >= make_timestamp(${sinceMs * 1_000})`]),
    ...(untilMs === undefined ? [] : [`"eventTime" <= make_timestamp(${untilMs * 1_000})`]),
  ];
}

interface Members {
  [name: string]: unknown;
}

function eventOf(row: readonly unknown[]): CloudTrailEvent {
  const event: Members = {};
  for (const [index, column] of eventColumns.entries()) {
    const value = row[index];
    if (value === null || value === undefined) continue;
    const path = column.field.split(".");
    const last = path.pop() ?? "";
    let here = event;
    for (const name of path) {
      here[name] ??= {};
      here = here[name] as Members;
    }
    here[last] = memberOf(column, value);
  }
  return event;
}

function memberOf({ kind }: EventColumn, value: unknown): unknown {
  if (kind === "json") return JSON.parse(String(value));
  if (kind !== "time") return value;
  // As CloudTrail writes it.
  return new Date(Number(value)).toISOString().replace(".000Z", "Z");
}
