import type { BlockContext, BlockIssue } from "../../core/service-plan.ts";
import { accountManagementFacts } from "../../data/account-management.ts";
import { checkScope } from "../kit/scope.ts";
import type { AccountBlock } from "./schema.ts";

/** What is wrong with the block beyond its form. */
export function checkAccountBlock(
  block: AccountBlock,
  context: BlockContext,
): readonly BlockIssue[] {
  const { enableRegions = [], disableRegions = [] } = block;
  const { delegatedAdministrator, excludeAccounts, excludeOrganizationalUnits } = block;
  const scope = { delegatedAdministrator, excludeAccounts, excludeOrganizationalUnits };
  const issues = [...checkScope(scope, context, { title: "AWS Account Management", regions: [] })];
  for (const [member, regions] of [
    ["enableRegions", enableRegions],
    ["disableRegions", disableRegions],
  ] as const) {
    for (const [index, region] of regions.entries()) {
      if (accountManagementFacts.optInRegions.includes(region)) continue;
      issues.push({
        severity: "error",
        code: "ORGRAIL1092",
        path: [member, index],
        summary: `\`${region}\` is no Region that accounts enable or disable`,
        help: "only opt-in Regions can be named; the others are always enabled",
      });
    }
  }
  for (const [index, region] of disableRegions.entries()) {
    if (!enableRegions.includes(region) && !context.governedRegions.includes(region)) continue;
    issues.push({
      severity: "error",
      code: "ORGRAIL1093",
      path: ["disableRegions", index],
      summary: `\`${region}\` is disabled here, and ${enableRegions.includes(region) ? "enabled" : "governed"} elsewhere in the file`,
      help: "say one of the two",
    });
  }
  return issues;
}
