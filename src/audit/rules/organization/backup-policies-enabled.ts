import { fact, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Backup policies are enabled. */
export const backupPoliciesEnabled: AuditRule = {
  id: "organization/backup-policies-enabled",
  title: "Backup policies are enabled",
  severity: "low",
  why: "A type of policy that is not enabled does nothing, whatever is attached.",
  remedy: "Enable the policy type on the root.",
  compliance: { "nist-800-53-r5": ["AC-2", "CM-6"] },
  sources: ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html"],
  evaluate: (context) => {
    const types = context.organization.root.policyTypes;
    const isOn = types.some(({ type, status }) => type === "BACKUP_POLICY" && status === "ENABLED");
    const words = {
      pass: "Backup policies are enabled.",
      fail: "Backup policies are not enabled.",
    };
    return [verdict(isOn, words, {}, fact("BACKUP_POLICY", isOn, "organizations:ListRoots"))];
  },
  breaks: { "organization/root/policyTypes": [] },
};
