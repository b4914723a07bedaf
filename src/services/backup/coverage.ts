import type { ServiceCoverage } from "../../core/service-coverage.ts";
import { fact, unread, verdict } from "../kit/coverage.ts";
import type { BackupState } from "./settings.ts";

/** Whether backups of all accounts can be monitored and copied across accounts. */
export const backupCoverage: ServiceCoverage<BackupState> = {
  cells: "organization",
  read: ({ state: { global } }) => ({
    at: () => {
      if (global === undefined) return unread("globalSettings");
      const isOn = global.isCrossAccountBackupEnabled === true;
      const seen = fact("isCrossAccountBackupEnabled", isOn, "backup:DescribeGlobalSettings");
      return isOn
        ? verdict("on", "backup across accounts is enabled", seen)
        : verdict("off", "backup across accounts is off", seen);
    },
  }),
};
