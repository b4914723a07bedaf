import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with AWS Security Hub CSPM is denied in every member account. */
export const securityHub: AuditRule = {
  id: "guardrails/security-hub",
  title: "Tampering with AWS Security Hub CSPM is denied in every member account",
  severity: "high",
  why: "Findings of all other services come together there; a hub that is off shows none. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-security-hub` to the root.",
  config:
    "policies:\n  - name: protect-security-hub\n    guardrail: { name: protect-security-hub }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("security-hub"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["securityhub:"]) },
};
