import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with Amazon Security Lake is denied in every member account. */
export const securityLake: AuditRule = {
  id: "guardrails/security-lake",
  title: "Tampering with Amazon Security Lake is denied in every member account",
  severity: "medium",
  why: "A data lake that is deleted takes the logs with it. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-security-lake` to the root.",
  config:
    "policies:\n  - name: protect-security-lake\n    guardrail: { name: protect-security-lake }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("security-lake"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["securitylake:"]) },
};
