import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with AWS Security Hub is denied in every member account. */
export const securityHubV2: AuditRule = {
  id: "guardrails/security-hub-v2",
  title: "Tampering with AWS Security Hub is denied in every member account",
  severity: "medium",
  why: "The newer Security Hub correlates findings; it can be switched off account by account. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-security-hub-v2` to the root.",
  config:
    "policies:\n  - name: protect-security-hub-v2\n    guardrail: { name: protect-security-hub-v2 }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("security-hub-v2"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["securityhub:"]) },
};
