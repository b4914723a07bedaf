import { flagAt, objectAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Backups can be copied to another account. */
export const crossAccount: AuditRule = {
  id: "backup/cross-account",
  title: "Backups can be copied to another account",
  severity: "medium",
  why: "A backup in the account that it protects is lost with it.",
  remedy: "Switch it on in the management account.",
  config: "services:\n  backup: { crossAccountBackup: true, synchronizeDelegation: true }",
  compliance: { "nist-800-53-r5": ["CP-9"] },
  sources: ["https://docs.aws.amazon.com/aws-backup/latest/devguide/manage-cross-account.html"],
  evaluate: (context) => {
    const global = objectAt(context.service("backup"), "global");
    if (global === undefined) return [unknown(context.whyUnread("services/backup/globalSettings"))];
    const isOn = flagAt(global, "isCrossAccountBackupEnabled") === true;
    const words = {
      pass: "The setting `isCrossAccountBackupEnabled` is on.",
      fail: "The setting `isCrossAccountBackupEnabled` is off.",
    };
    return [
      verdict(
        isOn,
        words,
        {},
        fact("isCrossAccountBackupEnabled", isOn, "backup:DescribeGlobalSettings"),
      ),
    ];
  },
  breaks: { "services/backup/global/isCrossAccountBackupEnabled": false },
};
