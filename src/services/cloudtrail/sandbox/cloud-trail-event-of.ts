import { digest } from "../../../core/digest.ts";
import type { CloudTrailEvent, EventIdentity } from "../../../core/event.ts";
import type { Json, JsonObject } from "../../../core/json.ts";
import { isJsonObject } from "../../../core/json.ts";
import { cloudtrailFacts } from "../../../data/cloudtrail-facts.ts";
import { cloudtrailNames } from "../../../data/cloudtrail-names.ts";
import type { CallRecord } from "../../../sandbox/call-log.ts";
import type { Caller, ServiceError } from "../../../sandbox/service.ts";

/** What a CloudTrail event is made of beside the record of the call. */
export interface EventDetails {
  readonly caller: Caller;
  /** Name that the service's requests are signed with. */
  readonly input: unknown;
  readonly output?: unknown;
  readonly error?: Pick<ServiceError, "code" | "message">;
}

/**
 * The CloudTrail record of a call, as a trail holds it.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function cloudTrailEventOf(
  call: CallRecord,
  { caller, input, output, error }: EventDetails,
): CloudTrailEvent {
  const { service, operation } = call;
  const hidden = cloudtrailNames.hidden[`${service}:${operation}`] ?? [];
  return {
    eventVersion: cloudtrailNames.eventVersion,
    userIdentity: identityOf(caller, call.at),
    eventTime: `${new Date(call.at).toISOString().slice(0, 19)}Z`,
    eventSource: cloudtrailNames.eventSources[service] ?? `${service}.amazonaws.com`,
    eventName: cloudtrailNames.eventNames[`${service}:${operation}`] ?? operation,
    awsRegion: cloudtrailFacts.globalServices.includes(service) ? "us-east-1" : call.region,
    sourceIPAddress: "192.0.2.1",
    userAgent: "sandbox",
    ...(error === undefined
      ? {}
      : { errorCode: errorCode(error.code), errorMessage: error.message }),
    requestParameters: parameters(input, service, hidden),
    responseElements: error === undefined ? parameters(output, service, hidden) : null,
    requestID: call.requestId,
    eventID: eventId(call),
    readOnly: call.kind === "read",
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: call.account,
    eventCategory: "Management",
  };
}

function identityOf(caller: Caller, at: number): EventIdentity {
  const { account, arn, principalArn, userId, accessKeyId } = caller;
  const common = { principalId: userId, arn, accountId: account, accessKeyId };
  const name = principalArn.slice(principalArn.lastIndexOf("/") + 1);
  if (principalArn.endsWith(":root")) return { type: "Root", ...common };
  if (principalArn.includes(":user/")) return { type: "IAMUser", ...common, userName: name };
  return {
    type: "AssumedRole",
    ...common,
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId: userId.split(":")[0] ?? "",
        arn: principalArn,
        accountId: account,
        userName: name,
      },
      attributes: {
        creationDate: `${new Date(at).toISOString().slice(0, 19)}Z`,
        mfaAuthenticated: "false",
      },
    },
  };
}

/** CloudTrail writes most denials under one name. */
function errorCode(code: string): string {
  return code === "AccessDeniedException" ? "AccessDenied" : code;
}

/** An input or output with its members named as CloudTrail names them; `null` when it is empty. */
function parameters(value: unknown, service: string, hidden: readonly string[]): Json {
  const json = named(value, service, hidden, 0);
  return isJsonObject(json) && Object.keys(json).length > 0 ? json : null;
}

function named(value: unknown, service: string, hidden: readonly string[], depth: number): Json {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return "HIDDEN_DUE_TO_SECURITY_REASONS";
  if (Array.isArray(value)) return value.map((item) => named(item, service, hidden, depth + 1));
  if (typeof value !== "object") return value as Json;
  const members: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined || key === "$metadata") continue;
    members[memberName(key, service, depth)] = hidden.includes(key)
      ? "HIDDEN_DUE_TO_SECURITY_REASONS"
      : named(member, service, hidden, depth + 1);
  }
  return members as JsonObject;
}

/** Members begin in lower case; S3 keeps the XML's names but for the bucket's. */
function memberName(key: string, service: string, depth: number): string {
  if (service === "s3") return depth > 0 ? key : key === "Bucket" ? "bucketName" : lower(key);
  return lower(key);
}

function lower(key: string): string {
  return /^[A-Z]{2}/.test(key) ? key : key.charAt(0).toLowerCase() + key.slice(1);
}

function eventId({ requestId, sequence }: CallRecord): string {
  return digest(`${requestId}/${sequence}`)
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
