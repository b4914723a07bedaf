import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with AWS Account Management is denied in every member account. */
export const accountManagement: AuditRule = {
  id: "guardrails/account-management",
  title: "Tampering with AWS Account Management is denied in every member account",
  severity: "medium",
  why: "Contacts, Regions and the closing of accounts belong to the organization. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-account-management` to the root.",
  config:
    "policies:\n  - name: protect-account-management\n    guardrail: { name: protect-account-management }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("account-management"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["account:"]) },
};
