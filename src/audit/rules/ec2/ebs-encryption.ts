import { cis } from "../../controls.ts";
import { ec2Setting } from "../../kinds/ec2-setting.ts";
import type { AuditRule } from "../../rule.ts";

/** New EBS volumes are encrypted. */
export const ebsEncryption: AuditRule = {
  id: "ec2/ebs-encryption",
  title: "New EBS volumes are encrypted",
  severity: "medium",
  why: "It is a setting of each account and Region that no policy of the organization can declare; where it is off, every volume depends on who makes it.",
  remedy: "Enable encryption by default in every account and Region.",
  config: "services:\n  ec2: { ebsEncryption: {}, via: account }",
  compliance: {
    ...cis("2.2.1", "5.1.1", "5.1.1", "6.1.1", "6.1.1"),
    fsbp: ["EC2.7"],
  },
  sources: ["https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html"],
  evaluate: ec2Setting({
    setting: "ebsEncryption",
    operation: "ec2:GetEbsEncryptionByDefault",
    member: "EbsEncryptionByDefault",
    good: [true],
    holds: "EBS encrypts new volumes",
    isProvenByConfig: true,
  }),
  breaks: {
    "services/ec2/settings/ebsEncryption": {
      "444444444444/eu-central-1": { value: { EbsEncryptionByDefault: false } },
    },
  },
};
