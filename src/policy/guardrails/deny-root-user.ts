import { deny, exemptPrincipals, type StatementGuardrail, unlessExempt } from "./guardrail.ts";

/** Denies all that a member account's root user tries with its own credentials. */
export const denyRootUser: StatementGuardrail<{
  exemptActions: "strings";
  exemptPrincipals: "strings";
}> = {
  name: "deny-root-user",
  title: "Deny the root user",
  type: "SERVICE_CONTROL_POLICY",
  why: "The root user needs no permission and leaves no person's name in the log; member accounts do not need it. Privileged sessions that the management account opens with AssumeRoot for the documented tasks go on working.",
  sources: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html",
  ],
  parameters: {
    exemptActions: {
      kind: "strings",
      description: "Actions that the root user may still do.",
      default: [],
      pattern: /^[a-z0-9-]+:[A-Za-z0-9*?]+$/i,
      example: ["s3:DeleteBucketPolicy"],
    },
    exemptPrincipals: {
      ...exemptPrincipals,
      description:
        "Root users that the guardrail does not bind, such as `arn:aws:iam::111122223333:root`.",
      example: ["arn:aws:iam::111122223333:root"],
    },
  },
  statements: ({ exemptActions, exemptPrincipals: exempt }) => [
    deny("DenyRootUser", {
      ...(exemptActions.length === 0 ? { action: ["*"] } : { notAction: exemptActions }),
      condition: {
        ArnLike: { "aws:PrincipalArn": "arn:*:iam::*:root" },
        // The key exists in sessions of AssumeRoot only.
        BoolIfExists: { "aws:AssumedRoot": "false" },
        ...unlessExempt(exempt),
      },
    }),
  ],
  denied: [
    {
      what: "the root user",
      principal: "arn:aws:iam::111122223333:root",
      action: "ec2:RunInstances",
    },
    {
      what: "the root user, in an action that is not exempt",
      parameters: { exemptActions: ["s3:DeleteBucketPolicy"] },
      principal: "arn:aws:iam::111122223333:root",
      action: "s3:DeleteBucket",
    },
  ],
  allowed: [
    { what: "a role", action: "ec2:RunInstances" },
    {
      what: "a privileged session that the management account opened",
      principal: "arn:aws:iam::111122223333:root",
      action: "s3:DeleteBucketPolicy",
      context: { "aws:AssumedRoot": "true" },
    },
    {
      what: "an exempt action",
      parameters: { exemptActions: ["s3:DeleteBucketPolicy"] },
      principal: "arn:aws:iam::111122223333:root",
      action: "s3:DeleteBucketPolicy",
    },
  ],
};
