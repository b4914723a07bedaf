import { effectiveSetting } from "../../kinds/effective-setting.ts";
import type { AuditRule } from "../../rule.ts";

/** A backup policy bears on every account. */
export const backupPolicy: AuditRule = {
  id: "organization/backup-policy",
  title: "A backup policy bears on every account",
  severity: "low",
  why: "What is not said for an account is not kept there.",
  remedy: "Attach it to the root.",
  compliance: { "nist-800-53-r5": ["CP-9"] },
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_type-management.html",
  ],
  evaluate: effectiveSetting({
    type: "BACKUP_POLICY",
    path: ["plans"],
    isGood: (value) => value !== null,
    holds: "A backup policy holds",
    without: "fail",
  }),
  breaks: { "organization/policies/6/targets": [] },
};
