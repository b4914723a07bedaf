import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { deniedEverywhere } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Log groups cannot be deleted in member accounts. */
export const logGroups: AuditRule = {
  id: "guardrails/log-groups",
  title: "Log groups cannot be deleted in member accounts",
  severity: "medium",
  why: "What was logged must outlive who wants it gone.",
  remedy:
    "Deny `logs:DeleteLogGroup` and `logs:DeleteLogStream` with a service control policy at the root.",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: deniedEverywhere({
    what: "Deleting log groups",
    actions: ["logs:DeleteLogGroup", "logs:DeleteLogStream"],
  }),
  breaks: { "organization/policies/1/content": exampleGuardrails(["logs:"]) },
};
