import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Trusted Advisor off or weaken it. */
export const protectTrustedAdvisor: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "trusted-advisor",
    why: "Excluding resources or dismissing recommendations makes Trusted Advisor look better than the account is.",
    sources: ["https://docs.aws.amazon.com/awssupport/latest/user/security-trusted-advisor.html"],
    harmless: "trustedadvisor:ListRecommendations",
  });
