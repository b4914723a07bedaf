import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Security Hub CSPM off or weaken it. */
export const protectSecurityHub: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "security-hub",
    why: "An account that leaves Security Hub or disables its standards drops out of the organization's posture without a sound.",
    sources: [
      "https://docs.aws.amazon.com/securityhub/latest/userguide/designate-orgs-admin-account.html",
    ],
    harmless: "securityhub:GetFindings",
  });
