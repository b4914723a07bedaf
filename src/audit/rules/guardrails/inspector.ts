import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with Amazon Inspector is denied in every member account. */
export const inspector: AuditRule = {
  id: "guardrails/inspector",
  title: "Tampering with Amazon Inspector is denied in every member account",
  severity: "high",
  why: "Vulnerabilities of an account that left are not found any more. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-inspector` to the root.",
  config:
    "policies:\n  - name: protect-inspector\n    guardrail: { name: protect-inspector }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("inspector"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["inspector2:"]) },
};
