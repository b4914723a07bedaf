import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Security Incident Response off or weaken it. */
export const protectSecurityIncidentResponse: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "security-incident-response",
    why: "Cancelling or narrowing the membership takes away help in the middle of an incident.",
    sources: ["https://docs.aws.amazon.com/security-ir/latest/userguide/what-is.html"],
    harmless: "security-ir:ListMemberships",
  });
