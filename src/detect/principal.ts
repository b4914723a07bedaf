import type { CloudTrailEvent } from "../core/event.ts";
import { roleOfSession } from "../policy/principal-facts.ts";
import { member, text } from "./read-event.ts";

/** Who made a call. */
export interface Caller {
  /** In words: "role Admin (session alice)". */
  readonly name: string;
  /** As the event has it; a session's for a role. */
  readonly arn?: string;
  /** What `aws:PrincipalArn` holds: the role's for a session. */
  readonly principalArn?: string;
  readonly isRoot: boolean;
  /** The service that called, for itself or on behalf of the principal. */
  readonly service?: string;
}

/** Reads who made a call, from whatever the event says of it. */
export function callerOf(event: CloudTrailEvent): Caller {
  const identity = event.userIdentity;
  const type = text(member(identity, "type"));
  const arn = text(member(identity, "arn"));
  const issuer = text(member(identity, "sessionContext", "sessionIssuer", "arn"));
  const principalArn = issuer ?? (arn === undefined ? undefined : (roleOfSession(arn) ?? arn));
  const service = text(member(identity, "invokedBy"));
  return {
    name: nameOf(event, type, arn, service),
    ...(arn === undefined ? {} : { arn }),
    ...(principalArn === undefined ? {} : { principalArn }),
    isRoot: type === "Root",
    ...(service === undefined ? {} : { service }),
  };
}

function nameOf(
  event: CloudTrailEvent,
  type: string | undefined,
  arn: string | undefined,
  service: string | undefined,
): string {
  if (type === "Root") return "the root user";
  const session = arn === undefined ? null : /:assumed-role\/([^/]+)\/(.+)$/s.exec(arn);
  if (session !== null) return `role ${session[1]} (session ${session[2]})`;
  const named =
    arn === undefined ? null : /:(user|role|federated-user)\/(?:.*\/)?([^/]+)$/s.exec(arn);
  if (named !== null) return `${named[1]} ${named[2]}`;
  const identity = event.userIdentity;
  const user = text(member(identity, "userName"));
  if (user !== undefined) return `user ${user}`;
  if (service !== undefined) return `the service ${service}`;
  const account = text(member(identity, "accountId"));
  if (type === "AWSAccount" && account !== undefined) return `somebody of account ${account}`;
  return arn ?? text(member(identity, "principalId")) ?? "somebody whom the event does not name";
}

/** Whether a service of AWS made the call for itself. */
export function isService(event: CloudTrailEvent): boolean {
  return (
    text(member(event.userIdentity, "type")) === "AWSService" ||
    event.eventType === "AwsServiceEvent"
  );
}
