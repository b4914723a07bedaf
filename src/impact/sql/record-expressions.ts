import type { Dialect } from "./dialect.ts";
import type { EventField, EventTable } from "./event-table.ts";
import { type AskedColumn, askedColumns, recordAliases } from "./record-needs.ts";

/**
 * The columns that are read of each record, without NULLs but for `event_id` and `event_time`: what
 * is absent is an empty text. Of the columns that not every question needs, those are read that the
 * answer or the conditions, `used`, name.
 */
export function recordExpressions(
  table: EventTable,
  dialect: Dialect,
  needed: readonly AskedColumn[],
  used: string,
): readonly string[] {
  const raw = (field: EventField): string => table.fields[field] ?? "''";
  const text = (field: EventField): string => `coalesce(${raw(field)}, '')`;
  const firstOf = (one: EventField, other: EventField): string =>
    `CASE WHEN ${text(one)} <> '' THEN ${text(one)} ELSE ${text(other)} END`;
  const { resources } = table;
  const record: Readonly<Record<AskedColumn, string>> = {
    eventTime: `coalesce(${timeText(table, dialect)}, '')`,
    requestParameters: text("requestParameters"),
    resources:
      resources === undefined
        ? "''"
        : `coalesce(${resources.kind === "json" ? resources.column : dialect.pairsOf(resources.column)}, '')`,
    sourceIPAddress: text("sourceIPAddress"),
    userAgent: text("userAgent"),
    vpcEndpointId: text("vpcEndpointId"),
    identityPrincipalId: text("identityPrincipalId"),
    identityUserName: text("identityUserName"),
    // Only a key that does not end tells something by its kind.
    accessKeyKind: `CASE WHEN ${text("identityAccessKeyId")} LIKE 'AKIA%' THEN 'AKIA' ELSE '' END`,
    sessionMfaAuthenticated: text("sessionMfaAuthenticated"),
    sessionCreationDate: text("sessionCreationDate"),
  };
  const isUsed = (column: string): boolean => new RegExp(`\\b${column}\\b`).test(used);
  return [
    `${table.fields.eventID ?? "CAST(NULL AS VARCHAR)"} AS event_id`,
    `${timeText(table, dialect)} AS event_time`,
    `${text("eventSource")} AS event_source`,
    `${text("eventName")} AS event_name`,
    `${text("eventType")} AS event_type`,
    `${text("eventCategory")} AS event_category`,
    `${text("awsRegion")} AS region`,
    `${text("recipientAccountId")} AS recipient`,
    `${text("identityType")} AS identity_type`,
    `${firstOf("sessionIssuerArn", "identityArn")} AS principal`,
    `${firstOf("identityAccountId", "sessionIssuerAccountId")} AS principal_account`,
    `${text("identityInvokedBy")} AS invoked_by`,
    `${text("errorCode")} AS error_code`,
    `${text("errorMessage")} AS error_message`,
    ...askedColumns
      .filter((column) => needed.includes(column) || isUsed(recordAliases[column]))
      .map((column) => `${record[column]} AS ${recordAliases[column]}`),
  ];
}

function timeText({ time }: EventTable, dialect: Dialect): string {
  if (time.kind === "text") return time.column;
  return dialect.isoTime(
    time.kind === "zoned" ? `at_timezone(${time.column}, 'UTC')` : time.column,
  );
}
