import type { BlockContext, BlockIssue } from "../../core/service-plan.ts";
import { inspectorFacts } from "../../data/inspector2-facts.ts";
import { tamperActions } from "../../data/tamper-actions.ts";
import { checkScope } from "../kit/scope.ts";
import type { SecurityService } from "../security-service.ts";
import { inspectorChanges } from "./apply.ts";
import { collectInspector } from "./collect.ts";
import { inspectorCoverage } from "./coverage.ts";
import { inspectorPlanner } from "./plan.ts";
import { type InspectorBlock, inspectorSchema } from "./schema.ts";
import type { InspectorState } from "./state.ts";

const { id, title } = inspectorPlanner;
const regions = inspectorFacts.regions.names;

/** Amazon Inspector: administrator, members, scan types, how they scan. */
export const inspector: SecurityService<InspectorBlock, InspectorState> = {
  id,
  title,
  layers: ["organization", "account", "resources"],
  scope: "regional",
  principals: {
    trustedAccess: [inspectorFacts.principal],
    delegatedAdministrator: [inspectorFacts.principal],
    byOwnApi: true,
  },
  regions,
  permissions: {
    read: [
      "inspector2:BatchGetAccountStatus",
      "inspector2:DescribeOrganizationConfiguration",
      "inspector2:GetConfiguration",
      "inspector2:GetEc2DeepInspectionConfiguration",
      "inspector2:ListDelegatedAdminAccounts",
      "inspector2:ListMembers",
    ],
    write: [
      "iam:CreateServiceLinkedRole",
      "inspector2:AssociateMember",
      "inspector2:Disable",
      "inspector2:DisableDelegatedAdminAccount",
      "inspector2:DisassociateMember",
      "inspector2:Enable",
      "inspector2:EnableDelegatedAdminAccount",
      "inspector2:UpdateConfiguration",
      "inspector2:UpdateOrgEc2DeepInspectionConfiguration",
      "inspector2:UpdateOrganizationConfiguration",
      "organizations:EnableAWSServiceAccess",
      "organizations:RegisterDelegatedAdministrator",
    ],
  },
  tamperActions: tamperActions.services.inspector?.actions ?? [],
  probes: [],
  schema: inspectorSchema,
  check: checkInspector,
  planner: inspectorPlanner,
  coverage: inspectorCoverage,
  collect: collectInspector,
  changes: inspectorChanges,
};

function checkInspector(block: InspectorBlock, context: BlockContext): readonly BlockIssue[] {
  const issues = [...checkScope(block, context, { title, regions })];
  for (const { name, needs } of inspectorFacts.scanTypes) {
    if (!block.scanTypes.includes(name) || needs === undefined || block.scanTypes.includes(needs)) {
      continue;
    }
    issues.push({
      severity: "error",
      code: "ORGRAIL1198",
      path: ["scanTypes"],
      summary: `\`${name}\` cannot be scanned without \`${needs}\``,
      help: `name \`${needs}\`, too`,
    });
  }
  if (block.excludeAccounts?.includes(block.delegatedAdministrator) === true) {
    issues.push({
      severity: "error",
      code: "ORGRAIL1196",
      path: ["excludeAccounts"],
      summary: `\`${block.delegatedAdministrator}\` administers Inspector and cannot be excluded`,
      help: "name another administrator, or take the account out of `excludeAccounts`",
    });
  }
  return issues;
}
