import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch IAM Identity Center off or weaken it. */
export const protectIdentityCenter: StatementGuardrail<{ exemptPrincipals: "strings" }> =
  tamperProtection({
    service: "identity-center",
    why: "A member account can make an Identity Center instance or a SAML provider of its own and so let people in past the organization's sign-in.",
    sources: [
      "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateInstance.html",
    ],
    harmless: "sso:ListInstances",
  });
