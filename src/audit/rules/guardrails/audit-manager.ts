import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with AWS Audit Manager is denied in every member account. */
export const auditManager: AuditRule = {
  id: "guardrails/audit-manager",
  title: "Tampering with AWS Audit Manager is denied in every member account",
  severity: "low",
  why: "Evidence that was not collected cannot be collected later. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-audit-manager` to the root.",
  config:
    "policies:\n  - name: protect-audit-manager\n    guardrail: { name: protect-audit-manager }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("audit-manager"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["auditmanager:"]) },
};
