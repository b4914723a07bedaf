import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch EC2 account defaults off or weaken it. */
export const protectEc2Defaults: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "ec2-defaults",
    why: "The account's defaults keep volumes encrypted, snapshots and images private, instance metadata on version 2 and the serial console shut. A declarative policy enforces the same; this keeps the settings where there is none.",
    sources: [
      "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative.html",
    ],
    harmless: "ec2:GetEbsEncryptionByDefault",
  });
