import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with Amazon Detective is denied in every member account. */
export const detective: AuditRule = {
  id: "guardrails/detective",
  title: "Tampering with Amazon Detective is denied in every member account",
  severity: "low",
  why: "The behavior graph is what an investigation starts from; members can be deleted from it. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-detective` to the root.",
  config:
    "policies:\n  - name: protect-detective\n    guardrail: { name: protect-detective }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("detective"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["detective:"]) },
};
