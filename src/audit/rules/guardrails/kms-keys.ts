import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { deniedEverywhere } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** KMS keys cannot be disabled or deleted in member accounts. */
export const kmsKeys: AuditRule = {
  id: "guardrails/kms-keys",
  title: "KMS keys cannot be disabled or deleted in member accounts",
  severity: "high",
  why: "Data under a key that is gone is gone.",
  remedy: "Attach the guardrail `protect-kms-keys` to the root, with the roles that may.",
  config:
    "policies:\n  - name: protect-kms-keys\n    guardrail: { name: protect-kms-keys }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: deniedEverywhere({
    what: "Disabling or deleting KMS keys",
    actions: ["kms:ScheduleKeyDeletion", "kms:DisableKey"],
  }),
  breaks: { "organization/policies/1/content": exampleGuardrails(["kms:"]) },
};
