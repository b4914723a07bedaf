import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with AWS Firewall Manager is denied in every member account. */
export const firewallManager: AuditRule = {
  id: "guardrails/firewall-manager",
  title: "Tampering with AWS Firewall Manager is denied in every member account",
  severity: "medium",
  why: "Policies of Firewall Manager bind only while they exist. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-firewall-manager` to the root.",
  config:
    "policies:\n  - name: protect-firewall-manager\n    guardrail: { name: protect-firewall-manager }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("firewall-manager"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["fms:"]) },
};
