import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with AWS Systems Manager is denied in every member account. */
export const systemsManager: AuditRule = {
  id: "guardrails/systems-manager",
  title: "Tampering with AWS Systems Manager is denied in every member account",
  severity: "medium",
  why: "Documents can be shared with everybody, and inventories stopped. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-systems-manager` to the root.",
  config:
    "policies:\n  - name: protect-systems-manager\n    guardrail: { name: protect-systems-manager }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("systems-manager"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["ssm:"]) },
};
