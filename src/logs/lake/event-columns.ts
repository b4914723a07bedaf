import { type Field, fieldNumber, volatile } from "../record/fields.ts";

/** How a column holds a member of the record. */
export type ColumnKind = "text" | "json" | "boolean" | "time";

/** A column of the lake's events. */
export interface EventColumn {
  readonly name: string;
  readonly field: Field;
  readonly kind: ColumnKind;
}

function column(name: string, field: Field, kind: ColumnKind = "text"): EventColumn {
  return { name, field, kind };
}

/** Version of the lake's columns and folders, written in `lake.json`; it changes when they do. */
export const lakeVersion = 1;

const issuer = "userIdentity.sessionContext.sessionIssuer";

/**
 * The columns of an event, in order; `eventID` is the first. Texts are as the record has them; `json`
 * is the member's JSON as it is written there. Members that are not listed are not in the lake.
 */
export const eventColumns: readonly EventColumn[] = [
  column("eventID", "eventID"),
  column("eventTime", "eventTime", "time"),
  column("eventSource", "eventSource"),
  column("eventName", "eventName"),
  column("eventVersion", "eventVersion"),
  column("eventType", "eventType"),
  column("eventCategory", "eventCategory"),
  column("awsRegion", "awsRegion"),
  column("recipientAccountId", "recipientAccountId"),
  column("identityType", "userIdentity.type"),
  column("identityPrincipalId", "userIdentity.principalId"),
  column("identityArn", "userIdentity.arn"),
  column("identityAccountId", "userIdentity.accountId"),
  column("identityAccessKeyId", "userIdentity.accessKeyId"),
  column("identityUserName", "userIdentity.userName"),
  column("identityInvokedBy", "userIdentity.invokedBy"),
  column("identityOnBehalfOf", "userIdentity.onBehalfOf", "json"),
  column("sessionIssuerType", `${issuer}.type`),
  column("sessionIssuerPrincipalId", `${issuer}.principalId`),
  column("sessionIssuerArn", `${issuer}.arn`),
  column("sessionIssuerAccountId", `${issuer}.accountId`),
  column("sessionIssuerUserName", `${issuer}.userName`),
  column("sessionMfaAuthenticated", "userIdentity.sessionContext.attributes.mfaAuthenticated"),
  column("sessionCreationDate", "userIdentity.sessionContext.attributes.creationDate"),
  column("sessionSourceIdentity", "userIdentity.sessionContext.sourceIdentity"),
  column("sessionEc2RoleDelivery", "userIdentity.sessionContext.ec2RoleDelivery"),
  column("sessionAssumedRoot", "userIdentity.sessionContext.assumedRoot"),
  column("sessionCredentialFromConsole", "sessionCredentialFromConsole"),
  column("sourceIPAddress", "sourceIPAddress"),
  column("userAgent", "userAgent"),
  column("errorCode", "errorCode"),
  column("errorMessage", "errorMessage"),
  column("readOnly", "readOnly", "boolean"),
  column("managementEvent", "managementEvent", "boolean"),
  column("vpcEndpointId", "vpcEndpointId"),
  column("vpcEndpointAccountId", "vpcEndpointAccountId"),
  column("sharedEventID", "sharedEventID"),
  column("requestParameters", "requestParameters", "json"),
  column("responseElements", "responseElements", "json"),
  column("additionalEventData", "additionalEventData", "json"),
  column("serviceEventDetails", "serviceEventDetails", "json"),
  column("resources", "resources", "json"),
];

/** The place of the column that holds a field. */
export function columnOf(field: Field): number {
  return eventColumns.findIndex((candidate) => candidate.field === field);
}

/** By column: the number of its field. */
export const columnFields: readonly number[] = eventColumns.map(({ field }) => fieldNumber(field));

/** Columns of texts that differ in every row, also where all others are the same. */
export const ownColumns: readonly number[] = eventColumns.flatMap(({ field, kind }, index) =>
  volatile.includes(field) && kind === "text" ? [index] : [],
);
