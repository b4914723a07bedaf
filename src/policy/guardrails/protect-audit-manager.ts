import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Audit Manager off or weaken it. */
export const protectAuditManager: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "audit-manager",
    why: "Deregistering Audit Manager or deleting an assessment destroys collected evidence.",
    sources: [
      "https://docs.aws.amazon.com/audit-manager/latest/APIReference/API_RegisterOrganizationAdminAccount.html",
    ],
    harmless: "auditmanager:ListAssessments",
  });
