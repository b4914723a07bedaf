import type { AssumeRootCommandInput, AssumeRootCommandOutput } from "@aws-sdk/client-sts";
import { findAccount } from "../../../sandbox/accounts.ts";
import { issueSession } from "../../../sandbox/credentials.ts";
import type { AuthorizationTarget, HandlerContext } from "../../../sandbox/service.ts";
import { contextViews } from "../../../sandbox/views.ts";
import { credentialsShape } from "./credentials-shape.ts";
import { accessDenied, validationError, validDuration } from "./errors.ts";
import type { Served } from "./served.ts";

/** The principal whose delegated administrators may assume root. */
const iamPrincipal = "iam.amazonaws.com";

/** The longest privileged session. */
const maxSeconds = 900;

/**
 * Gives credentials of a member account's root user for one privileged task. Only the management
 * account and delegated administrators of IAM may ask, and only with root sessions enabled.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html
 */
export const assumeRoot: Served<AssumeRootCommandInput, AssumeRootCommandOutput> = (
  context,
  input,
) => {
  const { world, caller } = context;
  const views = contextViews(context);
  const target = targetAccount(input.TargetPrincipal);
  const duration = validDuration(input.DurationSeconds ?? maxSeconds, 0, maxSeconds);
  const policyArn = input.TaskPolicyArn?.arn ?? "";
  const taskPolicy = policyArn.startsWith("arn:aws:iam::aws:policy/root-task/")
    ? views.managedPolicy(target, policyArn)
    : undefined;
  if (taskPolicy === undefined) {
    throw validationError(`The task policy ${policyArn} is not a root task policy.`);
  }
  const organization = views.organizationOf(caller.account);
  const management = organization?.managementAccount;
  const mayAsk =
    management !== undefined &&
    !caller.principalArn.endsWith(":root") &&
    (caller.account === management ||
      organization?.isDelegatedAdministrator?.(iamPrincipal, caller.account) === true) &&
    organization?.isTrusted?.(iamPrincipal) === true &&
    views.hasRootSessions(management);
  const isMember =
    target !== management &&
    views.organizationOf(target)?.organizationId === organization?.organizationId &&
    findAccount(world, target)?.suspended === false;
  if (!mayAsk || !isMember) {
    throw accessDenied(
      `User: ${caller.arn} is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::${target}:root`,
    );
  }
  const session = issueSession(
    world,
    {
      account: target,
      arn: `arn:aws:iam::${target}:root`,
      principalArn: `arn:aws:iam::${target}:root`,
      userId: target,
      sessionPolicies: [taskPolicy],
    },
    duration,
  );
  return { Credentials: credentialsShape(session) };
};

/** What AssumeRoot asks of the caller's policies. */
export function assumeRootTarget(
  _context: HandlerContext,
  input: AssumeRootCommandInput,
): AuthorizationTarget {
  const target = targetAccount(input.TargetPrincipal);
  return {
    action: "sts:AssumeRoot",
    resource: `arn:aws:iam::${target}:root`,
    context: { "sts:TaskPolicyArn": input.TaskPolicyArn?.arn ?? "" },
  };
}

function targetAccount(principal: string | undefined): string {
  const account = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(principal ?? "")?.[1];
  if (account !== undefined) return account;
  throw validationError(`${principal} is not an account id or the ARN of a root user`);
}
