import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Security Hub (V2) off or weaken it. */
export const protectSecurityHubV2: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "security-hub-v2",
    why: "The second generation of Security Hub has its own switches: disabling it, or removing aggregators, automation rules and connectors.",
    sources: [
      "https://docs.aws.amazon.com/securityhub/latest/userguide/what-is-securityhub-v2.html",
    ],
    harmless: "securityhub:GetFindingsV2",
  });
