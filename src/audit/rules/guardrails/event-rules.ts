import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { deniedEverywhere } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Event rules cannot be deleted or disabled in member accounts. */
export const eventRules: AuditRule = {
  id: "guardrails/event-rules",
  title: "Event rules cannot be deleted or disabled in member accounts",
  severity: "low",
  why: "Alerts go through rules of EventBridge; one that is disabled alerts nobody.",
  remedy:
    "Deny `events:DeleteRule`, `events:DisableRule` and `events:RemoveTargets` on the rules of alerts.",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: deniedEverywhere({
    what: "Switching off event rules",
    actions: ["events:DeleteRule", "events:DisableRule", "events:RemoveTargets"],
  }),
  breaks: { "organization/policies/1/content": exampleGuardrails(["events:"]) },
};
