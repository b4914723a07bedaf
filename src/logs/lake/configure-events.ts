import type { Kernel } from "../kernel/kernel.ts";
import { columnKinds } from "../parquet/parquet-column.ts";
import { fieldNumber } from "../record/fields.ts";
import { mostRecordBytes } from "../record/visit-records.ts";
import { columnOf, eventColumns, ownColumns } from "./event-columns.ts";
import { keyTexts } from "./key-texts.ts";

/** Answers of services that are longer are left out: they are half of all bytes and decide nothing. */
export const mostResponseBytes = 1_024;

/** Those of AWS Organizations hold policies, which rules compare. */
export const mostOrganizationsBytes = 65_536;
const organizations = Buffer.from('"organizations.amazonaws.com"');

/** As `assembly/reader.ts` numbers them. */
const kinds = { text: 0, json: 1, boolean: 2, time: 3 } as const;

/** How a column of the lake is stored. */
const fileKinds = {
  text: columnKinds.text,
  json: columnKinds.text,
  boolean: columnKinds.boolean,
  time: columnKinds.timestamp,
} as const;

/** The columns of the texts of a key, in their order. */
const keyColumns = [
  columnOf("recipientAccountId"),
  columnOf("awsRegion"),
  columnOf("eventSource"),
  columnOf("eventName"),
  columnOf("eventType"),
  columnOf("eventCategory"),
  columnOf("userIdentity.type"),
  columnOf("userIdentity.sessionContext.sessionIssuer.arn"),
  columnOf("userIdentity.accountId"),
  columnOf("userIdentity.invokedBy"),
  // In place of the issuer where there is none.
  columnOf("userIdentity.arn"),
];

/** Tells a kernel what the lake's events and keys are made of. */
export function configureEvents(kernel: Kernel): void {
  const columns = eventColumns.flatMap(({ field, kind }, column) => [
    fieldNumber(field),
    kinds[kind],
    ownColumns.includes(column) ? 1 : 0,
  ]);
  kernel.setColumns(eventColumns.length, ownColumns.length);
  kernel.setReader(
    kernel.keepNumbers(columns),
    eventColumns.length,
    fieldNumber("responseElements"),
    fieldNumber("eventSource"),
    columnOf("sharedEventID"),
    mostResponseBytes,
    mostOrganizationsBytes,
    kernel.keep(organizations),
    organizations.length,
  );
  const fileColumns = eventColumns.flatMap(({ name, kind }, column) => [
    kernel.keep(Buffer.from(name)),
    Buffer.byteLength(name),
    fileKinds[kind],
    ownColumns.indexOf(column),
  ]);
  kernel.setFileColumns(kernel.keepNumbers(fileColumns), eventColumns.length);
  kernel.setKeyTexts(keyTexts.length);
  kernel.setTake(
    fieldNumber("eventTime"),
    fieldNumber("eventName"),
    fieldNumber("eventSource"),
    ownColumns.indexOf(columnOf("eventID")),
    mostRecordBytes,
    columnOf("recipientAccountId"),
    columnOf("eventVersion"),
    columnOf("errorCode"),
    columnOf("errorMessage"),
    kernel.keepNumbers(keyColumns),
    keyColumns.length,
    keyTexts.indexOf("principal"),
  );
}
