/** What Athena charges and bounds. */
export const athena: {
  readonly asOf: string;
  readonly source: string;
  readonly sources: readonly string[];
  /** US dollars for 10^12 bytes read, where no Region says otherwise. */
  readonly perTerabyteUsd: number;
  /** Each query is charged for at least so many bytes. */
  readonly leastBytes: number;
  /** Longer queries are refused, in bytes of UTF-8. */
  readonly longestQuery: number;
  /** Rows of a page of results, at most. */
  readonly pageRows: number;
  /** The oldest engine that the SQL is written for. */
  readonly engineVersion: number;
} = {
  asOf: "2026-11-23",
  source: "https://aws.amazon.com/athena/pricing/",
  sources: [
    "https://docs.aws.amazon.com/athena/latest/ug/service-limits.html",
    "https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html",
    "https://docs.aws.amazon.com/athena/latest/ug/engine-versions-reference-0003.html",
  ],
  perTerabyteUsd: 5,
  leastBytes: 10_000_000,
  longestQuery: 262_144,
  pageRows: 1_000,
  engineVersion: 3,
};
