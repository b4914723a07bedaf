/** What AWS's words on a denied request tell. */
export interface Denial {
  /** The IAM action, such as `organizations:ListRoots`. */
  readonly action?: string;
  readonly resource?: string;
  /** In AWS's words: `a service control policy`, `an identity-based policy`, ... */
  readonly deniedBy?: string;
  /** ARN of that policy; within one account or organization AWS names it since 2026. */
  readonly policyArn?: string;
  /** Whether a policy denies it in so many words, rather than none allowing it. */
  readonly explicit?: boolean;
}

/**
 * Reads AWS's message on a denied request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 * @see https://aws.amazon.com/blogs/security/enhanced-access-denied-error-messages-with-policy-arns
 */
export function parseDenial(message: string): Denial {
  const action = /not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9*]+)/i.exec(message)?.[1];
  const resource = /\bon resource: (\S+?)\.?(?:\s|$)/i.exec(message)?.[1];
  const explicit = /with an explicit deny in (an? [a-z -]+?policy|a permissions boundary)/i.exec(
    message,
  )?.[1];
  const implicit = /because no ([a-z -]+?(?:policy|boundary)) allows/i.exec(message)?.[1];
  const policyArn = /with an explicit deny in [a-z -]+: (arn:\S+?)\.?(?:\s|$)/i.exec(message)?.[1];
  const deniedBy = explicit ?? (implicit === undefined ? undefined : `no ${implicit}`);
  return {
    ...(action === undefined ? {} : { action }),
    ...(resource === undefined ? {} : { resource }),
    ...(policyArn === undefined ? {} : { policyArn }),
    ...(deniedBy === undefined ? {} : { deniedBy, explicit: explicit !== undefined }),
  };
}
