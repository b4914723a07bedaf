import { deny, exemptPrincipals, type StatementGuardrail, unlessExempt } from "./guardrail.ts";

/** Denies passwords for IAM users. */
export const denyLoginProfiles: StatementGuardrail<{ exemptPrincipals: "strings" }> = {
  name: "deny-login-profiles",
  title: "Deny IAM users with passwords",
  type: "SERVICE_CONTROL_POLICY",
  why: "The second of Amazon's five rules: people sign in through the identity provider, not as IAM users with a password of their own.",
  sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html"],
  parameters: { exemptPrincipals },
  statements: ({ exemptPrincipals: exempt }) => [
    deny("DenyLoginProfiles", {
      action: [
        "iam:ChangePassword",
        "iam:CreateLoginProfile",
        "iam:UpdateLoginProfile",
        "iam:UpdateAccountPasswordPolicy",
        "iam:DeleteAccountPasswordPolicy",
      ],
      condition: unlessExempt(exempt),
    }),
  ],
  denied: [
    {
      what: "giving a user a password",
      action: "iam:CreateLoginProfile",
      resource: "arn:aws:iam::111122223333:user/sam",
    },
    { what: "weakening the password policy", action: "iam:UpdateAccountPasswordPolicy" },
  ],
  allowed: [
    {
      what: "taking a password away",
      action: "iam:DeleteLoginProfile",
      resource: "arn:aws:iam::111122223333:user/sam",
    },
  ],
};
