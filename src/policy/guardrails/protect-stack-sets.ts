import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch CloudFormation StackSets off or weaken it. */
export const protectStackSets: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "stack-sets",
    why: "What service-managed stack sets deployed is undone by deleting its stacks in the member account. Exempt the roles that deploy applications, or attach this only where nobody else uses CloudFormation.",
    sources: [
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html",
    ],
    harmless: "cloudformation:DescribeStacks",
  });
