import type { AssumeRoleCommandInput, AssumeRoleCommandOutput } from "@aws-sdk/client-sts";
import { parseArn } from "../../../core/identifiers.ts";
import { findAccount } from "../../../sandbox/accounts.ts";
import { findCredential, issueSession } from "../../../sandbox/credentials.ts";
import type { AuthorizationTarget, HandlerContext } from "../../../sandbox/service.ts";
import { contextViews } from "../../../sandbox/views.ts";
import { credentialsShape } from "./credentials-shape.ts";
import { accessDenied, validationError, validDuration, validSessionPolicy } from "./errors.ts";
import type { Served } from "./served.ts";

/** The longest session of a role that a role assumes. */
const maxChainedSeconds = 3600;

/** Gives credentials of a role; the authorizer has asked its trust policy. */
export const assumeRole: Served<AssumeRoleCommandInput, AssumeRoleCommandOutput> = (
  context,
  input,
) => {
  const { world, caller } = context;
  const roleArn = input.RoleArn ?? "";
  const sessionName = validSessionName(input.RoleSessionName ?? "");
  if (caller.principalArn.endsWith(":root")) {
    throw accessDenied("Roles may not be assumed by root accounts.");
  }
  const views = contextViews(context);
  const role = views.principalOf(roleArn);
  const account = parseArn(roleArn)?.account ?? "";
  if (role?.trustPolicy === undefined || findAccount(world, account)?.suspended !== false) {
    throw accessDenied(
      `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    );
  }
  const duration = sessionDuration(
    input.DurationSeconds,
    role.maxSessionSeconds ?? 3600,
    isRole(caller.principalArn),
  );
  const sessionPolicies = [
    ...(input.Policy === undefined ? [] : [validSessionPolicy(input.Policy)]),
    ...(input.PolicyArns ?? []).map(({ arn = "" }) => {
      const document = views.managedPolicy(account, arn);
      if (document === undefined) throw validationError(`The policy ${arn} does not exist.`);
      return document;
    }),
  ];
  const roleName = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  const userId = `${role.id ?? ""}:${sessionName}`;
  const arn = `arn:aws:sts::${account}:assumed-role/${roleName}/${sessionName}`;
  const sourceIdentity =
    input.SourceIdentity ?? findCredential(world, caller.accessKeyId)?.sourceIdentity;
  const session = issueSession(
    world,
    {
      account,
      arn,
      principalArn: roleArn,
      userId,
      sessionPolicies,
      sessionTags: Object.fromEntries(
        (input.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]),
      ),
      ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    },
    duration,
  );
  return {
    Credentials: credentialsShape(session),
    AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
    ...(sessionPolicies.length === 0 ? {} : { PackedPolicySize: packedSize(sessionPolicies) }),
    ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }),
  };
};

/** What AssumeRole asks of the caller's policies and of the role's trust policy. */
export function assumeRoleTargets(
  context: HandlerContext,
  input: AssumeRoleCommandInput,
): AuthorizationTarget[] {
  const resource = input.RoleArn ?? "";
  if (!/^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(resource)) {
    throw validationError(`${resource} is invalid`);
  }
  const tags = input.Tags ?? [];
  const keys = {
    "sts:RoleSessionName": input.RoleSessionName ?? "",
    ...(input.ExternalId === undefined ? {} : { "sts:ExternalId": input.ExternalId }),
    ...(input.SourceIdentity === undefined ? {} : { "sts:SourceIdentity": input.SourceIdentity }),
    ...(input.TransitiveTagKeys === undefined
      ? {}
      : { "sts:TransitiveTagKeys": input.TransitiveTagKeys }),
    ...(tags.length === 0 ? {} : { "aws:TagKeys": tags.map(({ Key = "" }) => Key) }),
    ...Object.fromEntries(tags.map(({ Key, Value = "" }) => [`aws:RequestTag/${Key}`, Value])),
  };
  const role = contextViews(context).principalOf(resource);
  const actions = [
    "sts:AssumeRole",
    ...(tags.length === 0 ? [] : ["sts:TagSession"]),
    ...(input.SourceIdentity === undefined ? [] : ["sts:SetSourceIdentity"]),
  ];
  return actions.map((action) => ({
    action,
    resource,
    context: keys,
    ...(role?.trustPolicy === undefined ? {} : { resourcePolicy: role.trustPolicy }),
  }));
}

function isRole(principalArn: string): boolean {
  return principalArn.includes(":role/");
}

function validSessionName(name: string): string {
  if (/^[\w+=,.@-]{2,64}$/.test(name)) return name;
  throw validationError(
    `1 validation error detected: Value '${name}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
  );
}

function sessionDuration(
  asked: number | undefined,
  roleMaximum: number,
  isChained: boolean,
): number {
  const seconds = validDuration(asked ?? 3600, 900, 43_200);
  if (seconds > roleMaximum) {
    throw validationError(
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  }
  if (isChained && seconds > maxChainedSeconds) {
    throw validationError(
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  }
  return seconds;
}

/** Percent of the space that session policies may take, as STS counts it, at least. */
function packedSize(policies: readonly string[]): number {
  const characters = policies.reduce((sum, policy) => sum + policy.length, 0);
  return Math.min(100, Math.ceil((characters / 2048) * 100));
}
