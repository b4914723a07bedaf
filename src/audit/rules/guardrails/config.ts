import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with AWS Config is denied in every member account. */
export const config: AuditRule = {
  id: "guardrails/config",
  title: "Tampering with AWS Config is denied in every member account",
  severity: "high",
  why: "Without recorder there is no history of resources, and most controls of Security Hub know nothing. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-config` to the root.",
  config:
    "policies:\n  - name: protect-config\n    guardrail: { name: protect-config }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("config"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["config:"]) },
};
