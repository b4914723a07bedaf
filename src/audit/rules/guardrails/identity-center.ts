import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with IAM Identity Center is denied in every member account. */
export const identityCenter: AuditRule = {
  id: "guardrails/identity-center",
  title: "Tampering with IAM Identity Center is denied in every member account",
  severity: "high",
  why: "Another identity source or assignment is a way in that nobody watches. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-identity-center` to the root.",
  config:
    "policies:\n  - name: protect-identity-center\n    guardrail: { name: protect-identity-center }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("identity-center"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["sso:"]) },
};
