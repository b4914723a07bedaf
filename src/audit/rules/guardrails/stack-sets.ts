import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with AWS CloudFormation StackSets is denied in every member account. */
export const stackSets: AuditRule = {
  id: "guardrails/stack-sets",
  title: "Tampering with AWS CloudFormation StackSets is denied in every member account",
  severity: "high",
  why: "Baselines that stack sets deploy can be deleted through them. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-stack-sets` to the root.",
  config:
    "policies:\n  - name: protect-stack-sets\n    guardrail: { name: protect-stack-sets }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("stack-sets"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["cloudformation:"]) },
};
