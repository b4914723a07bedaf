import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Network Access Analyzer off or weaken it. */
export const protectNetworkAccessAnalyzer: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "network-access-analyzer",
    why: "Deleting access scopes and their analyses removes the proof that the network is closed.",
    sources: [
      "https://docs.aws.amazon.com/vpc/latest/network-access-analyzer/what-is-network-access-analyzer.html",
    ],
    harmless: "ec2:DescribeNetworkInsightsAnalyses",
  });
