import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with AWS Resource Access Manager is denied in every member account. */
export const resourceAccessManager: AuditRule = {
  id: "guardrails/resource-access-manager",
  title: "Tampering with AWS Resource Access Manager is denied in every member account",
  severity: "medium",
  why: "A resource share is a way out of the organization for networks and data. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-resource-access-manager` to the root.",
  config:
    "policies:\n  - name: protect-resource-access-manager\n    guardrail: { name: protect-resource-access-manager }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("resource-access-manager"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["ram:"]) },
};
