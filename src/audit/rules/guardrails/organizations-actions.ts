import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { deniedEverywhere } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Member accounts cannot change the organization. */
export const organizationsActions: AuditRule = {
  id: "guardrails/organizations-actions",
  title: "Member accounts cannot change the organization",
  severity: "high",
  why: "What a delegation policy gives to one account should stay with that account.",
  remedy:
    "Attach the guardrail `deny-organizations-actions` to the units whose accounts have no part in it.",
  config:
    "policies:\n  - name: deny-organizations-actions\n    guardrail: { name: deny-organizations-actions }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: deniedEverywhere({
    what: "Changing the organization",
    actions: [
      "organizations:DetachPolicy",
      "organizations:UpdatePolicy",
      "organizations:DeletePolicy",
    ],
  }),
  breaks: { "organization/policies/1/content": exampleGuardrails(["organizations:"]) },
};
