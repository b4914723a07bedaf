import { deny, exemptPrincipals, type StatementGuardrail, unlessExempt } from "./guardrail.ts";

/** Denies requests without TLS. */
export const requireSecureTransport: StatementGuardrail<{
  actions: "strings";
  exemptPrincipals: "strings";
}> = {
  name: "require-secure-transport",
  title: "Require TLS",
  type: "RESOURCE_CONTROL_POLICY",
  why: "S3 and SQS still answer without TLS when nothing forbids it. One statement on the organization replaces one in every bucket policy.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html",
  ],
  parameters: {
    actions: {
      kind: "strings",
      description: "What is guarded: actions of services that resource control policies support.",
      default: ["s3:*", "sqs:*", "kms:*", "secretsmanager:*", "sts:*"],
      pattern: /^[a-z0-9-]+:[A-Za-z0-9*?]+$/,
      example: ["s3:*", "sqs:*"],
    },
    exemptPrincipals,
  },
  statements: ({ actions, exemptPrincipals: exempt }) => [
    deny("RequireSecureTransport", {
      principal: "*",
      action: actions,
      condition: { BoolIfExists: { "aws:SecureTransport": "false" }, ...unlessExempt(exempt) },
    }),
  ],
  denied: [
    {
      what: "a request without TLS",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::data/key",
      context: { "aws:SecureTransport": "false" },
    },
  ],
  allowed: [
    {
      what: "a request with TLS",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::data/key",
      context: { "aws:SecureTransport": "true" },
    },
  ],
};
