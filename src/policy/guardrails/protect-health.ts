import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch AWS Health off or weaken it. */
export const protectHealth: StatementGuardrail<{ exemptPrincipals: "strings" }> = tamperProtection({
  service: "health",
  why: "Disabling the organizational view of AWS Health hides abuse reports and exposed-credential notices from the security team. Only the management account can call it, which no SCP binds; the guardrail holds where a delegated administrator tries.",
  sources: ["https://docs.aws.amazon.com/health/latest/ug/aggregate-events.html"],
  harmless: "health:DescribeEvents",
});
