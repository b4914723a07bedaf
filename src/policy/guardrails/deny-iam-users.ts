import { deny, exemptPrincipals, type StatementGuardrail, unlessExempt } from "./guardrail.ts";

/** Denies new IAM users and access keys. */
export const denyIamUsers: StatementGuardrail<{ exemptPrincipals: "strings" }> = {
  name: "deny-iam-users",
  title: "Deny new IAM users and access keys",
  type: "SERVICE_CONTROL_POLICY",
  why: "Long-lived keys are what leaks. Workloads take roles, people take Identity Center; a pipeline that still needs a user is exempted by name.",
  sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html"],
  parameters: { exemptPrincipals },
  statements: ({ exemptPrincipals: exempt }) => [
    deny("DenyIamUsers", {
      action: ["iam:CreateAccessKey", "iam:CreateUser"],
      condition: unlessExempt(exempt),
    }),
  ],
  denied: [
    { what: "a new user", action: "iam:CreateUser", resource: "arn:aws:iam::111122223333:user/ci" },
    {
      what: "a new access key",
      action: "iam:CreateAccessKey",
      resource: "arn:aws:iam::111122223333:user/ci",
    },
  ],
  allowed: [
    {
      what: "a new role",
      action: "iam:CreateRole",
      resource: "arn:aws:iam::111122223333:role/ci",
    },
  ],
};
