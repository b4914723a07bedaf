import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with AWS Shield Advanced is denied in every member account. */
export const shield: AuditRule = {
  id: "guardrails/shield",
  title: "Tampering with AWS Shield Advanced is denied in every member account",
  severity: "low",
  why: "Protections can be deleted one by one. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-shield` to the root.",
  config:
    "policies:\n  - name: protect-shield\n    guardrail: { name: protect-shield }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("shield"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["shield:"]) },
};
