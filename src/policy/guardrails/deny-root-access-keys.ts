import { deny, type StatementGuardrail } from "./guardrail.ts";

/** Denies access keys for the root user. */
export const denyRootAccessKeys: StatementGuardrail<Record<never, never>> = {
  name: "deny-root-access-keys",
  title: "Deny root access keys",
  type: "SERVICE_CONTROL_POLICY",
  why: "A key of the root user is a key to everything that no policy of the account can take back.",
  sources: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
    "https://docs.aws.amazon.com/controltower/latest/controlreference/strongly-recommended-preventive-controls.html",
  ],
  parameters: {},
  statements: () => [
    deny("DenyRootAccessKeys", {
      action: ["iam:CreateAccessKey"],
      // Only the root user can make keys for itself; the form of Control Tower's control.
      condition: { ArnLike: { "aws:PrincipalArn": "arn:*:iam::*:root" } },
    }),
  ],
  denied: [
    {
      what: "a key for the root user",
      principal: "arn:aws:iam::111122223333:root",
      action: "iam:CreateAccessKey",
    },
  ],
  allowed: [
    {
      what: "a key for a user",
      action: "iam:CreateAccessKey",
      resource: "arn:aws:iam::111122223333:user/ci",
    },
  ],
};
