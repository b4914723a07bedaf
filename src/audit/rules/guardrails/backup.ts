import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with AWS Backup is denied in every member account. */
export const backup: AuditRule = {
  id: "guardrails/backup",
  title: "Tampering with AWS Backup is denied in every member account",
  severity: "high",
  why: "Ransomware deletes backups first. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-backup` to the root.",
  config:
    "policies:\n  - name: protect-backup\n    guardrail: { name: protect-backup }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("backup"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["backup:"]) },
};
