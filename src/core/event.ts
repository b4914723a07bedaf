import type { Json } from "./json.ts";

/** Who did what a CloudTrail event tells of; members as CloudTrail names them. */
export interface EventIdentity {
  /** `Root`, `IAMUser`, `AssumedRole`, `AWSService`, `AWSAccount`, `IdentityCenterUser`, ... */
  readonly type?: string;
  readonly principalId?: string;
  readonly arn?: string;
  readonly accountId?: string;
  readonly accessKeyId?: string;
  readonly userName?: string;
  /** The service that made the request, for itself or on behalf of the principal. */
  readonly invokedBy?: string;
  readonly sessionContext?: {
    readonly sessionIssuer?: {
      readonly type?: string;
      readonly principalId?: string;
      readonly arn?: string;
      readonly accountId?: string;
      readonly userName?: string;
    };
    readonly attributes?: { readonly mfaAuthenticated?: string; readonly creationDate?: string };
    readonly [member: string]: unknown;
  };
  readonly [member: string]: unknown;
}

/**
 * A CloudTrail record as the trail holds it. Every member may be missing in a log: readers of
 * logs never invent one.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export interface CloudTrailEvent {
  readonly eventVersion?: string;
  readonly eventID?: string;
  /** ISO 8601, in UTC. */
  readonly eventTime?: string;
  readonly eventSource?: string;
  readonly eventName?: string;
  readonly eventType?: string;
  readonly eventCategory?: string;
  readonly awsRegion?: string;
  readonly recipientAccountId?: string;
  readonly sourceIPAddress?: string;
  readonly userAgent?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly requestID?: string;
  readonly readOnly?: boolean;
  readonly managementEvent?: boolean;
  readonly sharedEventID?: string;
  readonly vpcEndpointId?: string;
  readonly userIdentity?: EventIdentity;
  readonly requestParameters?: Json;
  readonly responseElements?: Json;
  readonly additionalEventData?: Json;
  readonly serviceEventDetails?: Json;
  readonly resources?: readonly {
    readonly ARN?: string;
    readonly accountId?: string;
    readonly type?: string;
  }[];
  readonly [member: string]: unknown;
}
