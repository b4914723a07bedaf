import { flagAt, objectAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Vaults can be reached by the approval of several people. */
export const multiPartyApproval: AuditRule = {
  id: "backup/multi-party-approval",
  title: "Vaults can be reached by the approval of several people",
  severity: "low",
  why: "When the organization itself is lost, an approval team is the way to a locked vault.",
  remedy: "Switch it on in the management account.",
  config: "services:\n  backup: { crossAccountBackup: true, synchronizeDelegation: true }",
  compliance: { "nist-800-53-r5": ["CP-9"] },
  sources: ["https://docs.aws.amazon.com/aws-backup/latest/devguide/manage-cross-account.html"],
  evaluate: (context) => {
    const global = objectAt(context.service("backup"), "global");
    if (global === undefined) return [unknown(context.whyUnread("services/backup/globalSettings"))];
    const isOn = flagAt(global, "isMpaEnabled") === true;
    const words = {
      pass: "The setting `isMpaEnabled` is on.",
      fail: "The setting `isMpaEnabled` is off.",
    };
    return [verdict(isOn, words, {}, fact("isMpaEnabled", isOn, "backup:DescribeGlobalSettings"))];
  },
  breaks: { "services/backup/global/isMpaEnabled": false },
};
