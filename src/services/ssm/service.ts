import { systemsManagerFacts } from "../../data/systems-manager.ts";
import { configEvidencePermissions } from "../kit/config-evidence.ts";
import type { SecurityService } from "../security-service.ts";
import { systemsManagerChanges } from "./apply.ts";
import { checkSystemsManager } from "./check.ts";
import { collectSystemsManager } from "./collect.ts";
import { systemsManagerCoverage } from "./coverage.ts";
import { systemsManagerPlanner } from "./plan.ts";
import { type SystemsManagerBlock, systemsManagerSchema } from "./schema.ts";
import type { SystemsManagerState } from "./state.ts";

const { id, title } = systemsManagerPlanner;
const { principal } = systemsManagerFacts;

/** Systems Manager: settings of every account and Region, patch baselines, Explorer. */
export const systemsManager: SecurityService<SystemsManagerBlock, SystemsManagerState> = {
  id,
  title,
  layers: ["organization", "account", "resources"],
  scope: "regional",
  principals: {
    trustedAccess: [principal],
    delegatedAdministrator: [principal],
    byOwnApi: false,
  },
  regions: systemsManagerFacts.regions.names,
  permissions: {
    read: [
      ...configEvidencePermissions,
      "cloudformation:DescribeStacks",
      "cloudformation:GetTemplate",
      "iam:ListAttachedRolePolicies",
      "ssm:DescribePatchBaselines",
      "ssm:DescribePatchGroups",
      "ssm:GetDefaultPatchBaseline",
      "ssm:GetPatchBaseline",
      "ssm:GetServiceSetting",
      "ssm:ListResourceDataSync",
    ],
    write: [
      // CloudFormation makes a patch policy with the caller's permissions, by Quick Setup's API.
      "cloudformation:CreateStack",
      "cloudformation:DeleteStack",
      "cloudformation:TagResource",
      "cloudformation:UpdateStack",
      "iam:AttachRolePolicy",
      "iam:CreateRole",
      "iam:CreateServiceLinkedRole",
      "iam:PassRole",
      "ssm:CreatePatchBaseline",
      "ssm:CreateResourceDataSync",
      "ssm:DeletePatchBaseline",
      "ssm:DeleteResourceDataSync",
      "ssm:DeregisterPatchBaselineForPatchGroup",
      "ssm:RegisterDefaultPatchBaseline",
      "ssm:RegisterPatchBaselineForPatchGroup",
      "ssm:ResetServiceSetting",
      "ssm:UpdatePatchBaseline",
      "ssm:UpdateResourceDataSync",
      "ssm:UpdateServiceSetting",
      "ssm-quicksetup:CreateConfigurationManager",
      "ssm-quicksetup:DeleteConfigurationManager",
      "ssm-quicksetup:GetConfigurationManager",
      "ssm-quicksetup:TagResource",
      "ssm-quicksetup:UpdateConfigurationDefinition",
      "ssm-quicksetup:UpdateConfigurationManager",
    ],
    limits: {
      "iam:PassRole": {
        resources: ["arn:*:iam::*:role/*"],
        condition: { StringEquals: { "iam:PassedToService": "ssm.amazonaws.com" } },
      },
    },
  },
  tamperActions: systemsManagerFacts.tamperActions,
  probes: [],
  schema: systemsManagerSchema,
  check: checkSystemsManager,
  planner: systemsManagerPlanner,
  coverage: systemsManagerCoverage,
  collect: collectSystemsManager,
  changes: systemsManagerChanges,
};
