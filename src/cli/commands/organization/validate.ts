import type { Run } from "../../command.ts";
import type { ConfigOptions } from "../../config-options.ts";
import { readConfig } from "../../read-config.ts";
import { counted } from "../../words.ts";

/** Checks the configuration, without AWS. */
export const run: Run<ConfigOptions> = async (deps, options, [file]) => {
  const { desired, diagnostics, shown, sources } = await readConfig(deps, options, file);
  const counts = {
    organizationalUnits: desired.organizationalUnits.length,
    accounts: desired.accounts.length,
    policies: desired.policies.length,
    attachments: desired.attachments.length,
  };
  return {
    result: { file: shown, files: Object.keys(sources), ...counts },
    diagnostics,
    text: () =>
      `${deps.paint.green("valid")}: ${shown} has ` +
      `${counted(counts.organizationalUnits, "organizational unit")}, ` +
      `${counted(counts.accounts, "account")}, ${counted(counts.policies, "policy", "policies")} ` +
      `and ${counted(counts.attachments, "attachment")}`,
    next: "Next: `orgrail plan` compares it with the live organization.",
  };
};
