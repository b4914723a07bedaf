import { securityHubFacts } from "../../data/securityhub.ts";
import type { SecurityService } from "../security-service.ts";
import { securityHubChanges } from "./apply.ts";
import { checkSecurityHub } from "./check.ts";
import { collectSecurityHub } from "./collect.ts";
import { securityHubCoverage } from "./coverage.ts";
import { securityHubPlanner } from "./plan.ts";
import { type SecurityHubBlock, securityHubSchema } from "./schema.ts";
import type { SecurityHubState } from "./state.ts";

const { id, title } = securityHubPlanner;

/** AWS Security Hub: CSPM by central or local configuration, and V2. */
export const securityHub: SecurityService<SecurityHubBlock, SecurityHubState> = {
  id,
  title,
  layers: ["organization", "organizational unit", "account", "resources"],
  scope: "regional",
  principals: {
    trustedAccess: [securityHubFacts.principal],
    delegatedAdministrator: [securityHubFacts.principal],
    byOwnApi: true,
  },
  regions: securityHubFacts.regions.names,
  permissions: {
    read: [
      "securityhub:DescribeHub",
      "securityhub:DescribeOrganizationConfiguration",
      "securityhub:DescribeSecurityHubV2",
      "securityhub:GetAggregatorV2",
      "securityhub:GetConfigurationPolicy",
      "securityhub:GetConfigurationPolicyAssociation",
      "securityhub:GetFindingAggregator",
      "securityhub:GetMembers",
      "securityhub:ListAggregatorsV2",
      "securityhub:ListConfigurationPolicies",
      "securityhub:ListConfigurationPolicyAssociations",
      "securityhub:ListFindingAggregators",
      "securityhub:ListMembers",
      "securityhub:ListOrganizationAdminAccounts",
    ],
    write: [
      "iam:CreateServiceLinkedRole",
      "organizations:DeregisterDelegatedAdministrator",
      "organizations:DescribeOrganization",
      "organizations:EnableAWSServiceAccess",
      "organizations:ListAccounts",
      "organizations:ListDelegatedAdministrators",
      "organizations:RegisterDelegatedAdministrator",
      "securityhub:CreateAggregatorV2",
      "securityhub:CreateConfigurationPolicy",
      "securityhub:CreateFindingAggregator",
      "securityhub:CreateMembers",
      "securityhub:DeleteAggregatorV2",
      "securityhub:DeleteConfigurationPolicy",
      "securityhub:DeleteFindingAggregator",
      "securityhub:DisableOrganizationAdminAccount",
      "securityhub:EnableOrganizationAdminAccount",
      "securityhub:EnableSecurityHub",
      "securityhub:EnableSecurityHubV2",
      "securityhub:StartConfigurationPolicyAssociation",
      "securityhub:StartConfigurationPolicyDisassociation",
      "securityhub:UpdateAggregatorV2",
      "securityhub:UpdateConfigurationPolicy",
      "securityhub:UpdateFindingAggregator",
      "securityhub:UpdateOrganizationConfiguration",
    ],
  },
  tamperActions: securityHubFacts.tamperActions,
  probes: [],
  schema: securityHubSchema,
  check: checkSecurityHub,
  planner: securityHubPlanner,
  coverage: securityHubCoverage,
  collect: collectSecurityHub,
  changes: securityHubChanges,
};
