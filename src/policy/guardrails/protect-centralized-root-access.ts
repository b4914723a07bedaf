import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch IAM centralized root access off or weaken it. */
export const protectCentralizedRootAccess: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "centralized-root-access",
    why: "Centralized root access keeps members without root credentials; disabling it, or opening privileged root sessions, brings them back. Exempt the role that does the documented root tasks.",
    sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html"],
    harmless: "iam:ListOrganizationsFeatures",
  });
