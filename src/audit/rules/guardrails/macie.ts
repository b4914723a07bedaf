import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with Amazon Macie is denied in every member account. */
export const macie: AuditRule = {
  id: "guardrails/macie",
  title: "Tampering with Amazon Macie is denied in every member account",
  severity: "medium",
  why: "Sensitive data in buckets is not found where Macie is off. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-macie` to the root.",
  config:
    "policies:\n  - name: protect-macie\n    guardrail: { name: protect-macie }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("macie"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["macie2:"]) },
};
