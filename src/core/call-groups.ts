/** The columns that tell groups of calls apart: what of a CloudTrail record decides most policies. */
export const callColumns = [
  "recipientAccountId",
  "awsRegion",
  "eventSource",
  "eventName",
  "eventType",
  "eventCategory",
  "identityType",
  "principal",
  "principalAccountId",
  "invokedBy",
  "errorClass",
] as const;

/** A column that tells groups of calls apart. */
export type CallColumn = (typeof callColumns)[number];

/** Columns that tell who calls. */
export const callerColumns = [
  "identityType",
  "principal",
  "principalAccountId",
  "invokedBy",
  "recipientAccountId",
] as const;

/** A column that tells who calls. */
export type CallerColumn = (typeof callerColumns)[number];

/** Columns that tell what is called, but for the Region. */
export const eventColumns = ["eventSource", "eventName", "eventType", "eventCategory"] as const;

/** A column that tells what is called. */
export type EventColumn = (typeof eventColumns)[number];

/** Texts by number: row `i` has `texts[ids[i]]`. Number 0 is no text, and `texts[0]` is empty. */
export interface TextColumn {
  readonly ids: Int32Array;
  readonly texts: readonly string[];
}

/** Rows sorted by what they say in some columns: row `i` says what class `of[i]` says. */
export interface RowClasses<Column extends CallColumn> {
  readonly of: Int32Array;
  /** What classes say: as many in each column. */
  readonly texts: Readonly<Record<Column, TextColumn>>;
}

/**
 * Calls that cannot be told apart by {@link callColumns}, counted: a table by columns. Every engine
 * that groups records (the lake, DuckDB, Trino, Athena) gives its answer in this form.
 */
export interface CallGroups {
  /** How many rows; the columns may be longer. */
  readonly size: number;
  readonly texts: Readonly<Record<CallColumn, TextColumn>>;
  readonly counts: Float64Array;
  /** Milliseconds since the epoch of the first and the last call; NaN where not known. */
  readonly first: Float64Array;
  readonly last: Float64Array;
  /** Rows of the same {@link callerColumns}, where whoever gives the table knows them. */
  readonly callers?: RowClasses<CallerColumn>;
  /** Rows of the same {@link eventColumns}. */
  readonly events?: RowClasses<EventColumn>;
}
