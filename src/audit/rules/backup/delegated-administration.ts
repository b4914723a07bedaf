import { flagAt, objectAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Backup policies are managed by a member account. */
export const delegatedAdministration: AuditRule = {
  id: "backup/delegated-administration",
  title: "Backup policies are managed by a member account",
  severity: "low",
  why: "Administrators of backups need not sign in to the management account.",
  remedy: "Switch it on in the management account.",
  config: "services:\n  backup: { crossAccountBackup: true, synchronizeDelegation: true }",
  compliance: { "nist-800-53-r5": ["CP-9"] },
  sources: ["https://docs.aws.amazon.com/aws-backup/latest/devguide/manage-cross-account.html"],
  evaluate: (context) => {
    const global = objectAt(context.service("backup"), "global");
    if (global === undefined) return [unknown(context.whyUnread("services/backup/globalSettings"))];
    const isOn = flagAt(global, "isDelegatedAdministratorEnabled") === true;
    const words = {
      pass: "The setting `isDelegatedAdministratorEnabled` is on.",
      fail: "The setting `isDelegatedAdministratorEnabled` is off.",
    };
    return [
      verdict(
        isOn,
        words,
        {},
        fact("isDelegatedAdministratorEnabled", isOn, "backup:DescribeGlobalSettings"),
      ),
    ];
  },
  breaks: { "services/backup/global/isDelegatedAdministratorEnabled": false },
};
