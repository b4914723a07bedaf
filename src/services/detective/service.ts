import { detectiveFacts } from "../../data/detective-facts.ts";
import { tamperActions } from "../../data/tamper-actions.ts";
import { checkScope } from "../kit/scope.ts";
import type { SecurityService } from "../security-service.ts";
import { detectiveChanges } from "./apply.ts";
import { collectDetective } from "./collect.ts";
import { detectiveCoverage } from "./coverage.ts";
import { detectivePlanner } from "./plan.ts";
import { type DetectiveBlock, detectiveSchema } from "./schema.ts";
import type { DetectiveState } from "./state.ts";

const { id, title } = detectivePlanner;
const regions = detectiveFacts.regions.names;

/** Amazon Detective: administrator with the organization's behavior graph, members, packages. */
export const detective: SecurityService<DetectiveBlock, DetectiveState> = {
  id,
  title,
  layers: ["organization", "account"],
  scope: "regional",
  principals: {
    trustedAccess: [detectiveFacts.principal],
    delegatedAdministrator: [detectiveFacts.principal],
    byOwnApi: true,
  },
  regions,
  permissions: {
    read: [
      "detective:DescribeOrganizationConfiguration",
      "detective:GetMembers",
      "detective:ListDatasourcePackages",
      "detective:ListGraphs",
      "detective:ListMembers",
      "detective:ListOrganizationAdminAccount",
    ],
    write: [
      "detective:CreateMembers",
      "detective:DisableOrganizationAdminAccount",
      "detective:EnableOrganizationAdminAccount",
      "detective:UpdateDatasourcePackages",
      "detective:UpdateOrganizationConfiguration",
      "iam:CreateServiceLinkedRole",
      "organizations:EnableAWSServiceAccess",
      "organizations:RegisterDelegatedAdministrator",
    ],
  },
  tamperActions: tamperActions.services.detective?.actions ?? [],
  probes: [],
  schema: detectiveSchema,
  check: (block, context) => checkScope(block, context, { title, regions }),
  planner: detectivePlanner,
  coverage: detectiveCoverage,
  collect: collectDetective,
  changes: detectiveChanges,
};
