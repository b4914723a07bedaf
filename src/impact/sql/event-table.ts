/** What a query may ask of an event; by these names tables say where they have it. */
export const eventFields = [
  "eventID",
  "eventSource",
  "eventName",
  "eventType",
  "eventCategory",
  "awsRegion",
  "recipientAccountId",
  "identityType",
  "identityArn",
  "identityAccountId",
  "identityPrincipalId",
  "identityAccessKeyId",
  "identityUserName",
  "identityInvokedBy",
  "sessionIssuerArn",
  "sessionIssuerAccountId",
  "sessionMfaAuthenticated",
  "sessionCreationDate",
  "errorCode",
  "errorMessage",
  "sourceIPAddress",
  "vpcEndpointId",
  "userAgent",
  "requestParameters",
] as const;

/** What a query may ask of an event. */
export type EventField = (typeof eventFields)[number];

/** How a table holds times: CloudTrail's text, or a type of time without or with a zone. */
export type TimeKind = "text" | "timestamp" | "zoned";

/** A partition that tells the day: its column, and how its values are written. */
export interface DayPartition {
  readonly column: string;
  /** `yyyy/MM/dd` and `yyyy-MM-dd` are texts, `date` is a date. */
  readonly format: "yyyy/MM/dd" | "yyyy-MM-dd" | "yyyyMMdd" | "date";
}

/** A table of CloudTrail events as queries see it. */
export interface EventTable {
  /** As SQL writes it. */
  readonly name: string;
  /** Expressions of texts. What the table lacks is absent. */
  readonly fields: Readonly<Partial<Record<EventField, string>>>;
  readonly time: { readonly column: string; readonly kind: TimeKind };
  /** `resources`: an array of rows with members `arn` and `accountid`, or the text of its JSON. */
  readonly resources?: { readonly column: string; readonly kind: "rows" | "json" };
  /** Partitions that let an engine leave files out; expressions as SQL writes them. */
  readonly day?: DayPartition;
  readonly account?: string;
}
