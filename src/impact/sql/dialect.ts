import { literal } from "./sql-text.ts";

/** What engines write differently. */
export interface Dialect {
  readonly name: "trino" | "duckdb";
  /** Whether a text matches a regular expression somewhere. */
  regexpLike(text: string, pattern: string): string;
  /** A member of a JSON object as JSON; NULL when there is none, or the text is no JSON. */
  jsonMember(text: string, name: string): string;
  /** A time, of a type of time without zone, as `YYYY-MM-DDTHH:MM:SSZ`. */
  isoTime(time: string): string;
  /** CloudTrail's `resources`, an array of rows, as a JSON array of pairs: ARN and account. */
  pairsOf(resources: string): string;
}

/** Trino, and Athena, which is one since its engine version 3. */
export const trino: Dialect = {
  name: "trino",
  regexpLike: (text, pattern) => `regexp_like(${text}, ${literal(pattern)})`,
  jsonMember: (text, name) => `json_format(json_extract(${text}, ${literal(`$.${name}`)}))`,
  isoTime: (time) => `date_format(${time}, '%Y-%m-%dT%H:%i:%sZ')`,
  pairsOf: (resources) =>
    `json_format(CAST(transform(${resources}, r -> ARRAY[r.arn, r.accountid]) AS JSON))`,
};

/** DuckDB, which asks local lakes and judges the SQL in tests. */
export const duckdb: Dialect = {
  name: "duckdb",
  regexpLike: (text, pattern) => `regexp_matches(${text}, ${literal(pattern)})`,
  jsonMember: (text, name) =>
    `CASE WHEN json_valid(${text}) THEN CAST(json_extract(${text}, ${literal(`$.${name}`)}) AS VARCHAR) END`,
  isoTime: (time) => `strftime(${time}, '%Y-%m-%dT%H:%M:%SZ')`,
  pairsOf: (resources) =>
    `CAST(to_json(list_transform(${resources}, lambda r: [r.arn, r.accountid])) AS VARCHAR)`,
};
