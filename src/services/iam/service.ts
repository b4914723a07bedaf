import type { BlockContext, BlockIssue } from "../../core/service-plan.ts";
import { iamFacts } from "../../data/iam-facts.ts";
import { everyRegion } from "../../data/service-regions.ts";
import { configEvidencePermissions } from "../kit/config-evidence.ts";
import { checkScope } from "../kit/scope.ts";
import type { SecurityService } from "../security-service.ts";
import { iamChanges } from "./apply.ts";
import { collectIam } from "./collect.ts";
import { iamCoverage } from "./coverage.ts";
import { iamPlanner } from "./plan.ts";
import { type IamBlock, iamSchema } from "./schema.ts";
import type { IamState } from "./state.ts";

const { id, title } = iamPlanner;
const regions = everyRegion.names;

/** AWS IAM: password policies, and root users of member accounts. */
export const iam: SecurityService<IamBlock, IamState> = {
  id,
  title,
  layers: ["organization", "account", "principals"],
  scope: "global",
  principals: {
    trustedAccess: [iamFacts.servicePrincipal],
    delegatedAdministrator: [iamFacts.servicePrincipal],
    byOwnApi: false,
  },
  regions,
  permissions: {
    read: [
      ...configEvidencePermissions,
      "iam:GetAccountPasswordPolicy",
      "iam:GetAccountSummary",
      "iam:GetLoginProfile",
      "iam:ListAccessKeys",
      "iam:ListMFADevices",
      "iam:ListOrganizationsFeatures",
      "iam:ListSigningCertificates",
      "sts:AssumeRoot",
    ],
    write: [
      "iam:DeactivateMFADevice",
      "iam:DeleteAccessKey",
      "iam:DeleteAccountPasswordPolicy",
      "iam:DeleteLoginProfile",
      "iam:DeleteSigningCertificate",
      "iam:DisableOrganizationsRootCredentialsManagement",
      "iam:DisableOrganizationsRootSessions",
      "iam:EnableOrganizationsRootCredentialsManagement",
      "iam:EnableOrganizationsRootSessions",
      "iam:UpdateAccountPasswordPolicy",
    ],
  },
  tamperActions: iamFacts.tamperActions,
  probes: [],
  schema: iamSchema,
  check,
  planner: iamPlanner,
  coverage: iamCoverage,
  collect: collectIam,
  changes: iamChanges,
};

/** What is wrong with a block beyond its form. */
function check(block: IamBlock, context: BlockContext): readonly BlockIssue[] {
  const issues: BlockIssue[] = [...checkScope(block, context, { title, regions })];
  const error = (code: string, path: BlockIssue["path"], summary: string, help: string): void => {
    issues.push({ severity: "error", code, path, summary, help });
  };
  const { accounts = [], organizationalUnits = [] } = block.rootCredentials?.remove ?? {};
  for (const [index, name] of accounts.entries()) {
    const path = ["rootCredentials", "remove", "accounts", index];
    if (!context.accounts.has(name)) {
      error(
        "ORGRAIL1051",
        path,
        `there is no account \`${name}\` in the file`,
        "name one of `accounts`",
      );
    } else if (name === context.managementAccount) {
      error(
        "ORGRAIL1170",
        path,
        "the management account's root user cannot be managed centrally",
        "guard it with MFA, and take its access keys away yourself",
      );
    }
  }
  for (const [index, unit] of organizationalUnits.entries()) {
    if (context.organizationalUnits.has(unit)) continue;
    error(
      "ORGRAIL1050",
      ["rootCredentials", "remove", "organizationalUnits", index],
      `there is no organizational unit \`${unit}\` in the file`,
      "write its path from the root, such as `Workloads/Prod`",
    );
  }
  const isOff = block.centralizedRootAccess?.sessions === false;
  if (block.rootCredentials !== undefined && isOff) {
    error(
      "ORGRAIL1171",
      ["centralizedRootAccess", "sessions"],
      "root credentials are removed by root sessions, which this turns off",
      "say `sessions: true`",
    );
  }
  return issues;
}
