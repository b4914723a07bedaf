import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Shield Advanced off or weaken it. */
export const protectShield: StatementGuardrail<{ exemptPrincipals: "strings" }> = tamperProtection({
  service: "shield",
  why: "Removing protections or the response team's role leaves the application bare during an attack.",
  sources: ["https://docs.aws.amazon.com/waf/latest/developerguide/ddos-overview.html"],
  harmless: "shield:ListProtections",
});
