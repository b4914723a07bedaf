import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Compute Optimizer off or weaken it. */
export const protectComputeOptimizer: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "compute-optimizer",
    why: "Opting out takes the account out of the organization's recommendations.",
    sources: ["https://docs.aws.amazon.com/compute-optimizer/latest/ug/account-opt-in.html"],
    harmless: "compute-optimizer:GetEnrollmentStatus",
  });
