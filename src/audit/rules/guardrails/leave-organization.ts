import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { deniedEverywhere } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Member accounts cannot leave the organization. */
export const leaveOrganization: AuditRule = {
  id: "guardrails/leave-organization",
  title: "Member accounts cannot leave the organization",
  severity: "critical",
  why: "An account that leaves takes its resources and data out of every guardrail in one call.",
  remedy: "Attach the guardrail `deny-leave-organization` to the root.",
  config:
    "policies:\n  - name: deny-leave-organization\n    guardrail: { name: deny-leave-organization }\n    attach: [Root]",
  compliance: { ...controls.guardrails },
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: deniedEverywhere({
    what: "Leaving the organization",
    actions: ["organizations:LeaveOrganization"],
  }),
  breaks: { "organization/policies/1/content": exampleGuardrails(["organizations:"]) },
};
