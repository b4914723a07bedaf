import type { StatementGuardrail } from "./guardrail.ts";
import { tamperProtection } from "./tamper-protection.ts";

/** Denies the actions that switch AWS Backup off or weaken it. */
export const protectBackup: StatementGuardrail<{ exemptPrincipals: "strings" }> = tamperProtection({
  service: "backup",
  why: "Recovery points are the last defence against ransomware: nobody in the account should delete them, their vaults or the vault's lock.",
  sources: ["https://docs.aws.amazon.com/aws-backup/latest/devguide/security-considerations.html"],
  harmless: "backup:ListBackupVaults",
});
