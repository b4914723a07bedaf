/** The answer of an engine to a query. */
export interface QueryAnswer {
  readonly columns: readonly string[];
  /** Rows in stretches; values as JSON has them. To leave the loop is to cancel the query. */
  rows(): AsyncIterable<readonly (readonly unknown[])[]>;
}
