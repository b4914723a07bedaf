import { writeFile } from "node:fs/promises";
import type { CloudTrailEvent } from "../../src/core/event.ts";
import { type ColumnType, parseColumnType } from "../../src/impact/sql/column-type.ts";
import { trailColumns } from "../../src/impact/sql/create-trail-table.ts";

/** A record as the columns of the organization trail's table have it. */
export function trailRow(event: CloudTrailEvent): Readonly<Record<string, unknown>> {
  const members = new Map(
    Object.entries(event).map(([name, value]) => [name.toLowerCase(), value as unknown]),
  );
  return Object.fromEntries(
    trailColumns.map(({ name, type }) => [name, shaped(members.get(name), parseColumnType(type))]),
  );
}

/** A value as a column of that type has it. */
function shaped(value: unknown, type: ColumnType): unknown {
  if (value === undefined || value === null) return null;
  if (type.kind === "text") return typeof value === "string" ? value : JSON.stringify(value);
  if (type.kind === "rows") {
    const row: ColumnType = { kind: "row", members: type.members };
    return Array.isArray(value) ? value.map((item) => shaped(item, row)) : null;
  }
  if (type.kind !== "row" || typeof value !== "object") return null;
  const members = new Map(
    Object.entries(value).map(([name, member]) => [name.toLowerCase(), member as unknown]),
  );
  return Object.fromEntries(
    [...type.members].map(([name, member]) => [name, shaped(members.get(name), member)]),
  );
}

/** A type of Hive's as another engine writes it. */
export function engineType(type: string, engine: "trino" | "duckdb"): string {
  const parsed = parseColumnType(type);
  return written(parsed, engine);
}

function written(type: ColumnType, engine: "trino" | "duckdb"): string {
  if (type.kind === "rows") {
    const row = written({ kind: "row", members: type.members }, engine);
    return engine === "trino" ? `array(${row})` : `${row}[]`;
  }
  if (type.kind !== "row") return "varchar";
  const members = [...type.members].map(([name, member]) => `"${name}" ${written(member, engine)}`);
  return `${engine === "trino" ? "row" : "struct"}(${members.join(", ")})`;
}

/** Writes events for DuckDB, and gives the statement that makes the table of them. */
export async function duckDbTable(
  name: string,
  events: readonly CloudTrailEvent[],
  path: string,
): Promise<string> {
  await writeFile(path, events.map((event) => `${JSON.stringify(trailRow(event))}\n`).join(""));
  const columns = trailColumns.map(
    ({ name: column, type }) => `'${column}': '${engineType(type, "duckdb")}'`,
  );
  return `CREATE TABLE ${name} AS SELECT * FROM read_json('${path}', format = 'newline_delimited', columns = {${columns.join(", ")}})`;
}

/** The statements that make the table of events in Trino, so many at a time. */
export function trinoTable(
  name: string,
  events: readonly CloudTrailEvent[],
  each: number,
): readonly string[] {
  const row = trailColumns.map(
    ({ name: column, type }) => `"${column}" ${engineType(type, "trino")}`,
  );
  const statements: string[] = [];
  for (let from = 0; from < events.length; from += each) {
    const lines = events
      .slice(from, from + each)
      .map((event) => `('${JSON.stringify(trailRow(event)).replaceAll("'", "''")}')`);
    const select = `SELECT (CAST(json_parse(line) AS row(${row.join(", ")}))).* FROM (VALUES ${lines.join(", ")}) AS t(line)`;
    statements.push(
      from === 0 ? `CREATE TABLE ${name} AS ${select}` : `INSERT INTO ${name} ${select}`,
    );
  }
  return statements;
}
