import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with Amazon GuardDuty is denied in every member account. */
export const guardduty: AuditRule = {
  id: "guardrails/guardduty",
  title: "Tampering with Amazon GuardDuty is denied in every member account",
  severity: "critical",
  why: "A detector that is switched off or told to ignore addresses sees no intruder. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-guardduty` to the root.",
  config:
    "policies:\n  - name: protect-guardduty\n    guardrail: { name: protect-guardduty }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("guardduty"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["guardduty:"]) },
};
