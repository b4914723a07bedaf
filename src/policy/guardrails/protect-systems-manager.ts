import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Systems Manager off or weaken it. */
export const protectSystemsManager: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "systems-manager",
    why: "Service settings decide whether documents may be public and hosts are managed by default; resource data syncs feed the inventory.",
    sources: [
      "https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html",
    ],
    harmless: "ssm:GetParameter",
  });
