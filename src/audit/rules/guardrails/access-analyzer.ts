import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with IAM Access Analyzer is denied in every member account. */
export const accessAnalyzer: AuditRule = {
  id: "guardrails/access-analyzer",
  title: "Tampering with IAM Access Analyzer is denied in every member account",
  severity: "high",
  why: "An archive rule or a deleted analyzer hides what is shared with the outside. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-access-analyzer` to the root.",
  config:
    "policies:\n  - name: protect-access-analyzer\n    guardrail: { name: protect-access-analyzer }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("access-analyzer"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["access-analyzer:"]) },
};
