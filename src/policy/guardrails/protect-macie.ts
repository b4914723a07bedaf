import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Amazon Macie off or weaken it. */
export const protectMacie: StatementGuardrail<{ exemptPrincipals: "strings" }> = tamperProtection({
  service: "macie",
  why: "Disabling Macie or leaving the administrator ends the search for sensitive data in the account's buckets. The service prefix is `macie2`; policies that name `macie` protect nothing.",
  sources: ["https://docs.aws.amazon.com/macie/latest/user/macie-organizations.html"],
  harmless: "macie2:ListFindings",
});
