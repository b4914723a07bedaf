import type { BlockContext, BlockIssue } from "../../core/service-plan.ts";
import { guardDutyFacts } from "../../data/guardduty-facts.ts";
import { tamperActions } from "../../data/tamper-actions.ts";
import { checkScope } from "../kit/scope.ts";
import type { SecurityService } from "../security-service.ts";
import { guardDutyChanges } from "./apply.ts";
import { collectGuardDuty } from "./collect.ts";
import { guardDutyCoverage } from "./coverage.ts";
import { blockFeatures } from "./features.ts";
import { guardDutyPlanner } from "./plan.ts";
import { type GuardDutyBlock, guardDutySchema } from "./schema.ts";
import type { GuardDutyState } from "./state.ts";

const { id, title } = guardDutyPlanner;
const regions = guardDutyFacts.regions.names;

/** Amazon GuardDuty: administrator, members, protection plans, lists and the export of findings. */
export const guardDuty: SecurityService<GuardDutyBlock, GuardDutyState> = {
  id,
  title,
  layers: ["organization", "account", "network infrastructure", "resources"],
  scope: "regional",
  principals: {
    trustedAccess: [guardDutyFacts.principal],
    delegatedAdministrator: [guardDutyFacts.principal],
    byOwnApi: true,
  },
  regions,
  permissions: {
    read: [
      "guardduty:DescribeOrganizationConfiguration",
      "guardduty:DescribePublishingDestination",
      "guardduty:GetDetector",
      "guardduty:GetIPSet",
      "guardduty:GetMemberDetectors",
      "guardduty:GetMembers",
      "guardduty:GetOrganizationStatistics",
      "guardduty:GetThreatEntitySet",
      "guardduty:GetThreatIntelSet",
      "guardduty:GetTrustedEntitySet",
      "guardduty:ListDetectors",
      "guardduty:ListIPSets",
      "guardduty:ListMembers",
      "guardduty:ListOrganizationAdminAccounts",
      "guardduty:ListPublishingDestinations",
      "guardduty:ListThreatEntitySets",
      "guardduty:ListThreatIntelSets",
      "guardduty:ListTrustedEntitySets",
    ],
    write: [
      "guardduty:CreateDetector",
      "guardduty:CreateIPSet",
      "guardduty:CreateMembers",
      "guardduty:CreatePublishingDestination",
      "guardduty:CreateThreatEntitySet",
      "guardduty:CreateThreatIntelSet",
      "guardduty:CreateTrustedEntitySet",
      "guardduty:DeleteMembers",
      "guardduty:DisableOrganizationAdminAccount",
      "guardduty:DisassociateMembers",
      "guardduty:EnableOrganizationAdminAccount",
      "guardduty:StartMonitoringMembers",
      "guardduty:StopMonitoringMembers",
      "guardduty:UpdateDetector",
      "guardduty:UpdateIPSet",
      "guardduty:UpdateMemberDetectors",
      "guardduty:UpdateOrganizationConfiguration",
      "guardduty:UpdatePublishingDestination",
      "guardduty:UpdateThreatEntitySet",
      "guardduty:UpdateThreatIntelSet",
      "guardduty:UpdateTrustedEntitySet",
      "iam:CreateServiceLinkedRole",
      "organizations:EnableAWSServiceAccess",
      "organizations:RegisterDelegatedAdministrator",
      // AWS reads the list's file in the caller's name, and lets its own role read it later.
      "iam:PutRolePolicy",
      "s3:GetObject",
    ],
  },
  tamperActions: tamperActions.services.guardduty?.actions ?? [],
  probes: [],
  schema: guardDutySchema,
  check: checkGuardDuty,
  planner: guardDutyPlanner,
  coverage: guardDutyCoverage,
  collect: collectGuardDuty,
  changes: guardDutyChanges,
};

function checkGuardDuty(block: GuardDutyBlock, context: BlockContext): readonly BlockIssue[] {
  const issues = [...checkScope(block, context, { title, regions })];
  const excludes =
    (block.excludeAccounts ?? []).length + (block.excludeOrganizationalUnits ?? []).length > 0;
  if (block.autoEnable === "ALL" && excludes) {
    issues.push({
      severity: "error",
      code: "ORGRAIL1195",
      path: ["autoEnable"],
      summary: "`ALL` reaches the excluded accounts, too: AWS spares none",
      help: "leave `autoEnable` out: then orgrail enrols all others, and AWS those that are new",
    });
  }
  if (block.excludeAccounts?.includes(block.delegatedAdministrator) === true) {
    issues.push({
      severity: "error",
      code: "ORGRAIL1196",
      path: ["excludeAccounts"],
      summary: `\`${block.delegatedAdministrator}\` administers GuardDuty and cannot be excluded`,
      help: "name another administrator, or take the account out of `excludeAccounts`",
    });
  }
  for (const [key, autoEnable] of Object.entries(blockFeatures(block.features))) {
    const [name = "", inner] = key.split("/");
    const outer = blockFeatures(block.features)[name];
    if (inner === undefined || outer !== "NONE" || autoEnable === "NONE") continue;
    issues.push({
      severity: "error",
      code: "ORGRAIL1197",
      path: ["features", name],
      summary: `\`${inner}\` cannot be enabled without \`${name}\``,
      help: `set \`${name}\` to \`${autoEnable}\`, too`,
    });
  }
  return issues;
}
