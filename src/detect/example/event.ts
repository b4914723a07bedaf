import type { CloudTrailEvent, EventIdentity } from "../../core/event.ts";
import type { JsonObject } from "../../core/json.ts";

/** Ids of the organization that the examples of rules happen in. */
export const example: Readonly<
  Record<
    | "organization"
    | "root"
    | "security"
    | "workloads"
    | "quarantine"
    | "management"
    | "audit"
    | "payments"
    | "partner"
    | "stranger"
    | "protectedPolicy"
    | "otherPolicy"
    | "workloadsPolicy"
    | "fullAccess"
    | "logBucket"
    | "logKey",
    string
  >
> = {
  organization: "o-exampleorgid",
  root: "r-ab12",
  security: "ou-ab12-11111111",
  workloads: "ou-ab12-22222222",
  quarantine: "ou-ab12-33333333",
  management: "111111111111",
  audit: "222222222222",
  payments: "333333333333",
  partner: "555555555555",
  stranger: "999999999999",
  protectedPolicy: "p-protected1",
  otherPolicy: "p-otherpol1",
  workloadsPolicy: "p-workloads1",
  fullAccess: "p-FullAWSAccess",
  logBucket: "acme-org-logs",
  logKey: "arn:aws:kms:eu-west-1:222222222222:key/11111111-2222-3333-4444-555555555555",
};

/** Identities of the examples. */
export const callers: Readonly<
  Record<
    "developer" | "administrator" | "deploy" | "rootAccess" | "user" | "root" | "service",
    EventIdentity
  >
> = {
  developer: role(example.payments, "Developer", "alice"),
  administrator: role(example.management, "Administrator", "bob"),
  deploy: role(example.management, "Deploy", "pipeline"),
  rootAccess: role(example.management, "RootAccess", "carol"),
  user: {
    type: "IAMUser",
    principalId: "AIDAEXAMPLEUSER",
    arn: `arn:aws:iam::${example.payments}:user/dave`,
    accountId: example.payments,
    userName: "dave",
  },
  root: {
    type: "Root",
    principalId: example.payments,
    arn: `arn:aws:iam::${example.payments}:root`,
    accountId: example.payments,
  },
  service: { type: "AWSService", invokedBy: "controltower.amazonaws.com" },
};

function role(account: string, name: string, session: string): EventIdentity {
  return {
    type: "AssumedRole",
    principalId: `AROAEXAMPLE:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
    accountId: account,
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        arn: `arn:aws:iam::${account}:role/${name}`,
        accountId: account,
        userName: name,
      },
    },
  };
}

/** A call in a member account, by a developer unless told otherwise. */
export function call(
  service: string,
  eventName: string,
  requestParameters: JsonObject | null,
  more: Partial<CloudTrailEvent> = {},
): CloudTrailEvent {
  return {
    eventVersion: "1.11",
    eventID: "0b8a4a3e-1111-4222-8333-444455556666",
    eventTime: "2026-11-02T10:00:00Z",
    eventSource: `${service}.amazonaws.com`,
    eventName,
    eventType: "AwsApiCall",
    eventCategory: "Management",
    awsRegion: "eu-west-1",
    sourceIPAddress: "192.0.2.10",
    userAgent: "aws-cli/2.31.0",
    readOnly: false,
    managementEvent: true,
    recipientAccountId: example.payments,
    userIdentity: callers.developer,
    requestParameters,
    ...more,
  };
}

/** A call to AWS Organizations in the management account, where its events are logged. */
export function organizationCall(
  eventName: string,
  requestParameters: JsonObject | null,
  more: Partial<CloudTrailEvent> = {},
): CloudTrailEvent {
  return call("organizations", eventName, requestParameters, {
    awsRegion: "us-east-1",
    recipientAccountId: example.management,
    userIdentity: callers.administrator,
    ...more,
  });
}

/** A sign-in to the console. */
export function signIn(
  userIdentity: EventIdentity,
  answer: "Success" | "Failure",
  more: Partial<CloudTrailEvent> = {},
): CloudTrailEvent {
  return call("signin", "ConsoleLogin", null, {
    eventType: "AwsConsoleSignIn",
    awsRegion: "us-east-1",
    userIdentity,
    responseElements: { ConsoleLogin: answer },
    ...(answer === "Failure" ? { errorMessage: "Failed authentication" } : {}),
    ...more,
  });
}

/** What a denied call adds to an event. */
export const denied: Partial<CloudTrailEvent> = {
  errorCode: "AccessDenied",
  errorMessage: "the caller is not authorized, with an explicit deny in a service control policy",
};
