import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Account Management off or weaken it. */
export const protectAccountManagement: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "account-management",
    why: "Changing the contacts diverts AWS's security notices, enabling a Region opens ground that nobody watches, leaving or closing takes the account out of every control.",
    sources: [
      "https://docs.aws.amazon.com/accounts/latest/reference/security_account-permissions-ref.html",
    ],
    harmless: "account:GetContactInformation",
  });
