import { join } from "node:path";
import { eventColumns } from "../lake/event-columns.ts";
import { keyTexts } from "../lake/key-texts.ts";
import type { Lake } from "../lake/lake.ts";

/** What of a lake is looked at, by the events' own day and account. */
export interface LakeRange {
  readonly accounts?: ReadonlySet<string>;
  /** First and last day, `YYYY-MM-DD`. */
  readonly from?: string;
  readonly to?: string;
}

/**
 * The SQL that makes the views `events` and `keys` over the files that the lake's commits list.
 * `events` has two columns more, `account` and `day`, by which files are left out unread.
 */
export async function lakeViews(lake: Lake, range: LakeRange = {}): Promise<readonly string[]> {
  const events: string[] = [];
  const keys: string[] = [];
  for await (const commit of lake.commits()) {
    const files = commit.events.filter(({ account, day }) => isWithin(range, account, day));
    for (const { path } of files) events.push(join(lake.folder, path));
    if (files.length > 0 && commit.keys !== undefined)
      keys.push(join(lake.folder, commit.keys.path));
  }
  const { accounts, from, to } = range;
  const keyConditions = [
    from === undefined ? undefined : `day >= DATE ${literal(from)}`,
    to === undefined ? undefined : `day <= DATE ${literal(to)}`,
    accounts === undefined
      ? undefined
      : `"recipientAccountId" IN (${[...accounts].map(literal).join(", ")})`,
  ].filter((condition) => condition !== undefined);
  const where = keyConditions.length === 0 ? "" : ` WHERE ${keyConditions.join(" AND ")}`;
  return [
    events.length === 0
      ? emptyView("events", eventTypes)
      : `CREATE VIEW events AS ${eventsSql(events, lake.folder)}`,
    keys.length === 0
      ? emptyView("keys", keyTypes)
      : `CREATE VIEW keys AS SELECT * FROM read_parquet([${keys.map(literal).join(", ")}])${where}`,
  ];
}

function eventsSql(files: readonly string[], folder: string): string {
  const list = `[${files.map(literal).join(", ")}]`;
  if (!/[\\/](?:account|day)=/.test(folder)) {
    return (
      `SELECT * FROM read_parquet(${list}, hive_partitioning = true, ` +
      "hive_types = {'account': VARCHAR, 'day': DATE})"
    );
  }
  // DuckDB takes the first folder of a path that is named so, and here that is not the lake's.
  const member = (group: number): string => `regexp_extract(filename, '${dayPlace}', ${group})`;
  return (
    `SELECT * EXCLUDE (filename), ${member(1)} AS account, ${member(2)}::DATE AS day ` +
    `FROM read_parquet(${list}, hive_partitioning = false, filename = true)`
  );
}

/** The end of the path of a file of events. */
const dayPlace = String.raw`account=([^\\/]+)[\\/]day=([^\\/]+)[\\/][^\\/]+$`;

const sqlTypes = {
  text: "VARCHAR",
  json: "VARCHAR",
  boolean: "BOOLEAN",
  time: "TIMESTAMP",
} as const;

const eventTypes: readonly (readonly [string, string])[] = [
  ...eventColumns.map(({ name, kind }) => [name, sqlTypes[kind]] as const),
  ["account", "VARCHAR"],
  ["day", "DATE"],
];

const keyTypes: readonly (readonly [string, string])[] = [
  ...keyTexts.map((name) => [name, "VARCHAR"] as const),
  ["errorClass", "VARCHAR"],
  ["day", "DATE"],
  ["count", "BIGINT"],
  ["firstTime", "TIMESTAMP"],
  ["lastTime", "TIMESTAMP"],
];

function emptyView(name: string, columns: readonly (readonly [string, string])[]): string {
  const nulls = columns.map(([column, type]) => `NULL::${type} AS "${column}"`);
  return `CREATE VIEW ${name} AS SELECT ${nulls.join(", ")} WHERE false`;
}

function isWithin({ accounts, from, to }: LakeRange, account: string, day: string): boolean {
  if (accounts?.has(account) === false) return false;
  return (from === undefined || day >= from) && (to === undefined || day <= to);
}

/** A text as SQL writes it. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
