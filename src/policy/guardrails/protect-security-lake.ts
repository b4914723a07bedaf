import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Security Lake off or weaken it. */
export const protectSecurityLake: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "security-lake",
    why: "Deleting the data lake or a source stops the collection of logs across accounts.",
    sources: [
      "https://docs.aws.amazon.com/security-lake/latest/userguide/multi-account-management.html",
    ],
    harmless: "securitylake:ListDataLakes",
  });
