import { firewallManagerFacts } from "../../data/firewall-manager.ts";
import type { SecurityService } from "../security-service.ts";
import { firewallManagerChanges } from "./apply.ts";
import { checkFirewallManager } from "./check.ts";
import { collectFirewallManager } from "./collect.ts";
import { firewallManagerCoverage } from "./coverage.ts";
import { firewallManagerPlanner } from "./plan.ts";
import { type FirewallManagerBlock, firewallManagerSchema } from "./schema.ts";
import type { FirewallManagerState } from "./state.ts";

const { id, title } = firewallManagerPlanner;

/** AWS Firewall Manager: administrators and policies by organizational unit. */
export const firewallManager: SecurityService<FirewallManagerBlock, FirewallManagerState> = {
  id,
  title,
  layers: ["organization", "organizational unit", "account", "network infrastructure", "resources"],
  scope: "regional",
  principals: {
    trustedAccess: [firewallManagerFacts.principal],
    delegatedAdministrator: [firewallManagerFacts.principal],
    byOwnApi: true,
  },
  regions: firewallManagerFacts.regions.names,
  permissions: {
    read: [
      "fms:GetAdminAccount",
      "fms:GetAdminScope",
      "fms:GetPolicy",
      "fms:ListAdminAccountsForOrganization",
      "fms:ListPolicies",
    ],
    write: [
      "fms:AssociateAdminAccount",
      "fms:DeletePolicy",
      "fms:DisassociateAdminAccount",
      "fms:PutAdminAccount",
      "fms:PutPolicy",
      "iam:CreateServiceLinkedRole",
      "organizations:DeregisterDelegatedAdministrator",
      "organizations:DescribeOrganization",
      "organizations:EnableAWSServiceAccess",
      "organizations:ListAccounts",
      "organizations:ListDelegatedAdministrators",
      "organizations:RegisterDelegatedAdministrator",
    ],
  },
  tamperActions: firewallManagerFacts.tamperActions,
  probes: [],
  schema: firewallManagerSchema,
  check: checkFirewallManager,
  planner: firewallManagerPlanner,
  coverage: firewallManagerCoverage,
  collect: collectFirewallManager,
  changes: firewallManagerChanges,
};
