import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Network Manager and Cloud WAN off or weaken it. */
export const protectNetworkManager: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "network-manager",
    why: "The global and core networks join every account's network; a change of the core network policy can join what must stay apart.",
    sources: [
      "https://docs.aws.amazon.com/network-manager/latest/cloudwan/cloudwan-share-network.html",
    ],
    harmless: "networkmanager:DescribeGlobalNetworks",
  });
