import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch AWS Artifact off or weaken it. */
export const protectArtifact: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "artifact",
    why: "Accepting or terminating an agreement with AWS binds the company in law; it belongs to the management account.",
    sources: ["https://docs.aws.amazon.com/artifact/latest/ug/managing-agreements.html"],
    harmless: "artifact:ListCustomerAgreements",
  });
