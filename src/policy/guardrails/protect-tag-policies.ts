import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch Tag policies off or weaken it. */
export const protectTagPolicies: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "tag-policies",
    why: "A delegated administrator for policies could detach or rewrite them. Member accounts without delegation cannot call these actions anyway; the management account is not bound.",
    sources: [
      "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_tag-policies.html",
    ],
    harmless: "organizations:DescribeOrganization",
  });
