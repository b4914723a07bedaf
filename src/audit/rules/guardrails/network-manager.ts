import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with AWS Network Manager is denied in every member account. */
export const networkManager: AuditRule = {
  id: "guardrails/network-manager",
  title: "Tampering with AWS Network Manager is denied in every member account",
  severity: "low",
  why: "A core network that is deleted takes all connections with it. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-network-manager` to the root.",
  config:
    "policies:\n  - name: protect-network-manager\n    guardrail: { name: protect-network-manager }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("network-manager"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["networkmanager:"]) },
};
