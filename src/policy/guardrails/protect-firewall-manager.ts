import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Firewall Manager off or weaken it. */
export const protectFirewallManager: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "firewall-manager",
    why: "Removing Firewall Manager's policies or administrator, or the web ACLs that it placed, opens what it closed.",
    sources: ["https://docs.aws.amazon.com/waf/latest/developerguide/fms-chapter.html"],
    harmless: "fms:ListPolicies",
  });
