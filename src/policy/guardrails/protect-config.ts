import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch AWS Config off or weaken it. */
export const protectConfig: StatementGuardrail<{ exemptPrincipals: "strings" }> = tamperProtection({
  service: "config",
  why: "A stopped recorder or a removed delivery channel ends the configuration history on which rules, Security Hub controls and Firewall Manager rest. Exempt the roles that deploy recorders.",
  sources: ["https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html"],
  harmless: "config:DescribeConfigRules",
});
