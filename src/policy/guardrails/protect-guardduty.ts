import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Amazon GuardDuty off or weaken it. */
export const protectGuardduty: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "guardduty",
    why: "Deleting a detector, leaving the administrator or hiding findings behind filters and trusted IP lists blinds threat detection in that account and Region.",
    sources: ["https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_organizations.html"],
    harmless: "guardduty:ListFindings",
  });
