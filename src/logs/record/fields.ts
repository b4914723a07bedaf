/**
 * The members of a CloudTrail record that readers look at, as paths; those within `userIdentity`
 * come last, and those within any other right after it. The place in this list is a member's number.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export const fields = [
  "eventVersion",
  "eventTime",
  "eventSource",
  "eventName",
  "awsRegion",
  "sourceIPAddress",
  "userAgent",
  "errorCode",
  "errorMessage",
  "requestParameters",
  "responseElements",
  "additionalEventData",
  "requestID",
  "eventID",
  "readOnly",
  "resources",
  "eventType",
  "managementEvent",
  "recipientAccountId",
  "sharedEventID",
  "vpcEndpointId",
  "vpcEndpointAccountId",
  "eventCategory",
  "serviceEventDetails",
  "sessionCredentialFromConsole",
  "userIdentity",
  "userIdentity.type",
  "userIdentity.principalId",
  "userIdentity.arn",
  "userIdentity.accountId",
  "userIdentity.accessKeyId",
  "userIdentity.userName",
  "userIdentity.invokedBy",
  "userIdentity.onBehalfOf",
  "userIdentity.sessionContext",
  "userIdentity.sessionContext.sessionIssuer",
  "userIdentity.sessionContext.sessionIssuer.type",
  "userIdentity.sessionContext.sessionIssuer.principalId",
  "userIdentity.sessionContext.sessionIssuer.arn",
  "userIdentity.sessionContext.sessionIssuer.accountId",
  "userIdentity.sessionContext.sessionIssuer.userName",
  "userIdentity.sessionContext.attributes",
  "userIdentity.sessionContext.attributes.mfaAuthenticated",
  "userIdentity.sessionContext.attributes.creationDate",
  "userIdentity.sessionContext.sourceIdentity",
  "userIdentity.sessionContext.ec2RoleDelivery",
  "userIdentity.sessionContext.assumedRoot",
] as const;

/** The path of a member that readers look at. */
export type Field = (typeof fields)[number];

const numbers: ReadonlyMap<string, number> = new Map(fields.map((field, index) => [field, index]));

/** The number of a member. */
export function fieldNumber(field: Field): number {
  return numbers.get(field) ?? -1;
}

/** Members whose values are long and come again: they are compared with earlier ones first. */
export const repeated: readonly Field[] = [
  "userIdentity",
  "requestParameters",
  "responseElements",
  "additionalEventData",
  "resources",
  "serviceEventDetails",
];

/** Members that come often and that nobody looks at. */
export const passed: readonly string[] = [
  "tlsDetails",
  "apiVersion",
  "userIdentity.sessionContext.webIdFederationData",
];

/** Members that differ in every record, in the order in which AWS writes them. */
export const volatile: readonly Field[] = ["eventTime", "requestID", "eventID", "sharedEventID"];
