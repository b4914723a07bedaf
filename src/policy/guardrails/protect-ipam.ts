import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch VPC IPAM off or weaken it. */
export const protectIpam: StatementGuardrail<{ exemptPrincipals: "strings" }> = tamperProtection({
  service: "ipam",
  why: "IPAM holds the plan of addresses: without its pools nobody sees overlapping or rogue networks.",
  sources: ["https://docs.aws.amazon.com/vpc/latest/ipam/enable-integ-ipam.html"],
  harmless: "ec2:DescribeIpams",
});
