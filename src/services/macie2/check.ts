import type { BlockContext, BlockIssue } from "../../core/service-plan.ts";
import { macieFacts } from "../../data/macie.ts";
import { checkScope } from "../kit/scope.ts";
import type { MacieBlock } from "./schema.ts";

/** What is wrong with a block of Macie beyond its form. */
export function checkMacie(block: MacieBlock, context: BlockContext): readonly BlockIssue[] {
  const regions = macieFacts.regions.names;
  const issues = [...checkScope(block, context, { title: "Amazon Macie", regions })];
  const error = (path: BlockIssue["path"], summary: string, help: string): void => {
    issues.push({ severity: "error", code: "ORGRAIL1140", path, summary, help });
  };
  if (block.delegatedAdministrator === undefined) {
    error(
      ["delegatedAdministrator"],
      "`macie2` needs a delegated administrator",
      "name the account for security tooling; AWS advises against the management account",
    );
  }
  const { mode, excludeAccounts } = block.automatedDiscovery ?? {};
  if (mode === "ALL" && excludeAccounts !== undefined) {
    error(
      ["automatedDiscovery", "excludeAccounts"],
      "AWS knows no exceptions from automated discovery for `ALL`",
      "say `mode: NEW`, or leave the list out",
    );
  }
  for (const [index, name] of (excludeAccounts ?? []).entries()) {
    if (context.accounts.has(name)) continue;
    issues.push({
      severity: "error",
      code: "ORGRAIL1051",
      path: ["automatedDiscovery", "excludeAccounts", index],
      summary: `there is no account \`${name}\` in the file`,
      help: "name one of `accounts`",
    });
  }
  for (const region of Object.keys(block.classificationExport ?? {})) {
    if (regions.includes(region)) continue;
    issues.push({
      severity: "error",
      code: "ORGRAIL1090",
      path: ["classificationExport", region],
      summary: `Amazon Macie is not offered in \`${region}\``,
      help: "leave the Region out",
    });
  }
  return issues;
}
