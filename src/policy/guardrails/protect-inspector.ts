import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Amazon Inspector off or weaken it. */
export const protectInspector: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "inspector",
    why: "Disabling Inspector or suppressing by filter hides vulnerabilities from the delegated administrator.",
    sources: ["https://docs.aws.amazon.com/inspector/latest/user/managing-multiple-accounts.html"],
    harmless: "inspector2:ListFindings",
  });
