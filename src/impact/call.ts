import type { CloudTrailEvent } from "../core/event.ts";

/** How a call ended, as its event tells. */
export const outcomes = ["none", "denied", "denied-by-scp", "denied-by-rcp", "other"] as const;

/** How a call ended: `none` is without an error, `other` with one that is no denial. */
export type Outcome = (typeof outcomes)[number];

/**
 * What decides most policies of a call: the columns of the lake's `keys`. Members that the record
 * lacks are absent.
 */
export interface CallKey {
  readonly recipientAccountId?: string;
  readonly awsRegion?: string;
  readonly eventSource?: string;
  readonly eventName?: string;
  readonly eventType?: string;
  readonly eventCategory?: string;
  readonly identityType?: string;
  /** The ARN of the session's role or user, else that of the identity. */
  readonly principal?: string;
  readonly principalAccountId?: string;
  readonly invokedBy?: string;
  readonly outcome: Outcome;
}

/** A call, or several that cannot be told apart. */
export interface Call {
  readonly key: CallKey;
  readonly count: number;
  /** ISO 8601, in UTC. */
  readonly first?: string;
  readonly last?: string;
  /** The whole record, or what of it can decide, where there is one. */
  readonly event?: CloudTrailEvent;
  /** It is known that the change touches it in no way: it is only counted. */
  readonly isUntouched?: true;
}

/** What the message of a denial by a service control policy says. */
export interface ScpDenial {
  /** Whether a policy denies it in so many words, rather than none allowing it. */
  readonly explicit: boolean;
  readonly action?: string;
  readonly resource?: string;
  /** The policy, which newer messages name. */
  readonly policyArn?: string;
}

/**
 * Reads a denial by a service control policy, in the older form and in the newer that names the
 * policy; `undefined` when another kind of policy denied, or the message does not say.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function scpDenial(message: string | undefined): ScpDenial | undefined {
  if (message === undefined) return undefined;
  const explicit = /with an explicit deny in a service control policy/i.test(message);
  if (!explicit && !/because no service control policy allows/i.test(message)) return undefined;
  const action = /not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9*]+)/i.exec(message)?.[1];
  const resource = /\bon resource: (\S+?)\.?(?:\s|$)/i.exec(message)?.[1];
  const policyArn = /\b(arn:[^:\s]*:organizations::\S+\/service_control_policy\/p-\w+)/i.exec(
    message,
  )?.[1];
  return {
    explicit,
    ...(action === undefined ? {} : { action }),
    ...(resource === undefined ? {} : { resource }),
    ...(policyArn === undefined ? {} : { policyArn }),
  };
}

/** Some services have names of their own for a denial: `AuthorizationError` is Amazon SNS's. */
const denial =
  /AccessDenied|Unauthorized|NotAuthorized|^(?:Client\.|Server\.)?(?:Forbidden|AuthorizationError)(?:Exception)?$/i;

const rcpDenial =
  /with an explicit deny in a resource control policy|because no resource control policy allows/i;

/** Sorts the error of an event, as `classifyError` does for the lake. */
export function outcomeOf(code: string | undefined, message: string | undefined): Outcome {
  if (code === undefined || code === "") return "none";
  if (!denial.test(code)) return "other";
  if (scpDenial(message) !== undefined) return "denied-by-scp";
  return rcpDenial.test(message ?? "") ? "denied-by-rcp" : "denied";
}

/** An event as a call; `outcome` where it is known already. */
export function callOf(event: CloudTrailEvent, outcome?: Outcome): Call {
  const { userIdentity, eventTime } = event;
  const issuer = userIdentity?.sessionContext?.sessionIssuer;
  const text = (value: unknown): string | undefined =>
    typeof value === "string" && value !== "" ? value : undefined;
  const members: { [member in keyof CallKey]?: string | undefined } = {
    recipientAccountId: text(event.recipientAccountId),
    awsRegion: text(event.awsRegion),
    eventSource: text(event.eventSource),
    eventName: text(event.eventName),
    eventType: text(event.eventType),
    eventCategory: text(event.eventCategory),
    identityType: text(userIdentity?.type),
    principal: text(issuer?.arn) ?? text(userIdentity?.arn),
    principalAccountId: text(userIdentity?.accountId),
    invokedBy: text(userIdentity?.invokedBy),
  };
  const key: CallKey = {
    ...(withoutAbsent(members) as Partial<CallKey>),
    outcome: outcome ?? outcomeOf(text(event.errorCode), text(event.errorMessage)),
  };
  const time = text(eventTime);
  return { key, count: 1, ...(time === undefined ? {} : { first: time, last: time }), event };
}

function withoutAbsent(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
