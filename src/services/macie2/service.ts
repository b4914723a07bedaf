import { macieFacts } from "../../data/macie.ts";
import type { SecurityService } from "../security-service.ts";
import { macieChanges } from "./apply.ts";
import { checkMacie } from "./check.ts";
import { collectMacie } from "./collect.ts";
import { macieCoverage } from "./coverage.ts";
import { maciePlanner } from "./plan.ts";
import { type MacieBlock, macieSchema } from "./schema.ts";
import type { MacieState } from "./state.ts";

const { id, title } = maciePlanner;

/** Amazon Macie: members, automated discovery and where its results go. */
export const macie: SecurityService<MacieBlock, MacieState> = {
  id,
  title,
  layers: ["organization", "account", "resources"],
  scope: "regional",
  principals: {
    trustedAccess: [macieFacts.principal],
    delegatedAdministrator: [macieFacts.principal],
    byOwnApi: true,
  },
  regions: macieFacts.regions.names,
  permissions: {
    read: [
      "macie2:DescribeOrganizationConfiguration",
      "macie2:GetAutomatedDiscoveryConfiguration",
      "macie2:GetClassificationExportConfiguration",
      "macie2:GetFindingsPublicationConfiguration",
      "macie2:GetMacieSession",
      "macie2:GetMember",
      "macie2:ListAutomatedDiscoveryAccounts",
      "macie2:ListMembers",
      "macie2:ListOrganizationAdminAccounts",
    ],
    write: [
      "iam:CreateServiceLinkedRole",
      "macie2:BatchUpdateAutomatedDiscoveryAccounts",
      "macie2:CreateMember",
      "macie2:DisableOrganizationAdminAccount",
      "macie2:EnableMacie",
      "macie2:EnableOrganizationAdminAccount",
      "macie2:PutClassificationExportConfiguration",
      "macie2:PutFindingsPublicationConfiguration",
      "macie2:UpdateAutomatedDiscoveryConfiguration",
      "macie2:UpdateMacieSession",
      "macie2:UpdateMemberSession",
      "macie2:UpdateOrganizationConfiguration",
      "organizations:DeregisterDelegatedAdministrator",
      "organizations:DescribeOrganization",
      "organizations:EnableAWSServiceAccess",
      "organizations:ListAccounts",
      "organizations:ListDelegatedAdministrators",
      "organizations:RegisterDelegatedAdministrator",
    ],
  },
  tamperActions: macieFacts.tamperActions,
  probes: [],
  schema: macieSchema,
  check: checkMacie,
  planner: maciePlanner,
  coverage: macieCoverage,
  collect: collectMacie,
  changes: macieChanges,
};
