import { deny, exemptPrincipals, type StatementGuardrail, unlessExempt } from "./guardrail.ts";

/** Denies EBS volumes without encryption, and switching encryption by default off. */
export const requireEbsEncryption: StatementGuardrail<{ exemptPrincipals: "strings" }> = {
  name: "require-ebs-encryption",
  title: "Require EBS encryption",
  type: "SERVICE_CONTROL_POLICY",
  why: "A snapshot of an unencrypted volume can be shared with anybody. Encryption by default does the work; this keeps it on and refuses what asks for less.",
  sources: [
    "https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html",
  ],
  parameters: { exemptPrincipals },
  statements: ({ exemptPrincipals: exempt }) => [
    deny("RequireEbsEncryption", {
      action: ["ec2:CreateVolume", "ec2:RunInstances"],
      resource: ["arn:*:ec2:*:*:volume/*"],
      condition: { Bool: { "ec2:Encrypted": "false" }, ...unlessExempt(exempt) },
    }),
    deny("KeepEbsEncryptionByDefault", {
      action: ["ec2:DisableEbsEncryptionByDefault"],
      condition: unlessExempt(exempt),
    }),
  ],
  denied: [
    {
      what: "a volume without encryption",
      action: "ec2:CreateVolume",
      resource: "arn:aws:ec2:eu-west-1:111122223333:volume/*",
      context: { "ec2:Encrypted": "false" },
    },
    { what: "switching the default off", action: "ec2:DisableEbsEncryptionByDefault" },
  ],
  allowed: [
    {
      what: "an encrypted volume",
      action: "ec2:CreateVolume",
      resource: "arn:aws:ec2:eu-west-1:111122223333:volume/*",
      context: { "ec2:Encrypted": "true" },
    },
  ],
};
