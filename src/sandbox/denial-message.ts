import type { GuardKind, Guardrails, Request } from "../policy/index.ts";

/** What AWS calls a kind of policy in a denial. */
const names: Readonly<Record<GuardKind, string>> = {
  rcp: "resource control policy",
  scp: "service control policy",
  resource: "resource-based policy",
  endpoint: "VPC endpoint policy",
  identity: "identity-based policy",
  boundary: "permissions boundary",
  session: "session policy",
};

/**
 * The message of an AccessDenied error, in AWS's words.
 *
 * @param arn the caller's, as GetCallerIdentity answers it
 * @param policyArn of the policy of the organization that denies
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 * @see https://aws.amazon.com/blogs/security/enhanced-access-denied-error-messages-with-policy-arns
 */
export function denialMessage(
  arn: string,
  request: Request,
  explanation: ReturnType<Guardrails["explain"]>,
  policyArn?: string,
): string {
  const { action, resource } = request;
  const base = `User: ${arn} is not authorized to perform: ${action} on resource: ${resource}`;
  const { decision, decidedBy, guards } = explanation;
  if (decision === "explicitDeny" && decidedBy !== undefined) {
    const name = names[decidedBy.kind];
    const which = policyArn === undefined ? "" : `: ${policyArn}`;
    return `${base} with an explicit deny in ${/^[aeiou]/.test(name) ? "an" : "a"} ${name}${which}`;
  }
  const silent = guards.find(({ outcome }) => outcome === "doesNotAllow");
  if (silent === undefined) return base;
  return `${base} because no ${names[silent.kind]} allows the ${action} action`;
}
