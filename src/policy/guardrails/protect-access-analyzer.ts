import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch IAM Access Analyzer off or weaken it. */
export const protectAccessAnalyzer: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "access-analyzer",
    why: "Deleting an analyzer or archiving its findings by rule hides resources that are shared with outsiders. The service prefix is `access-analyzer`; policies that name `accessanalyzer` protect nothing.",
    sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-settings.html"],
    harmless: "access-analyzer:ListFindings",
  });
