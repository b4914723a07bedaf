import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with the defaults of Amazon EC2 is denied in every member account. */
export const ec2Defaults: AuditRule = {
  id: "guardrails/ec2-defaults",
  title: "Tampering with the defaults of Amazon EC2 is denied in every member account",
  severity: "high",
  why: "Encryption and the blocks of public sharing are account settings that any administrator can change. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-ec2-defaults` to the root.",
  config:
    "policies:\n  - name: protect-ec2-defaults\n    guardrail: { name: protect-ec2-defaults }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("ec2-defaults"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["ec2:Disable"]) },
};
