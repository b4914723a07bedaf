import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Amazon Detective off or weaken it. */
export const protectDetective: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "detective",
    why: "A member that leaves the behaviour graph, or a deleted graph, takes the evidence of past months with it.",
    sources: ["https://docs.aws.amazon.com/detective/latest/userguide/accounts.html"],
    harmless: "detective:ListGraphs",
  });
