import { identityCenterFacts } from "../../data/identity-center.ts";
import type { SecurityService } from "../security-service.ts";
import { identityCenterChanges } from "./apply.ts";
import { checkIdentityCenter, identityCenterFiles } from "./check.ts";
import { collectIdentityCenter } from "./collect.ts";
import { identityCenterCoverage } from "./coverage.ts";
import { identityCenterPlanner } from "./plan.ts";
import { type IdentityCenterBlock, identityCenterSchema } from "./schema.ts";
import type { IdentityCenterState } from "./state.ts";

const { id, title } = identityCenterPlanner;
const { principal } = identityCenterFacts;

/** IAM Identity Center: permission sets and who has them where. */
export const identityCenter: SecurityService<IdentityCenterBlock, IdentityCenterState> = {
  id,
  title,
  layers: ["organization", "account", "principals"],
  scope: "home",
  principals: {
    trustedAccess: [principal],
    delegatedAdministrator: [principal],
    byOwnApi: false,
  },
  regions: identityCenterFacts.regions.names,
  permissions: {
    read: [
      "identitystore:DescribeGroup",
      "identitystore:DescribeUser",
      "identitystore:GetGroupId",
      "identitystore:GetUserId",
      "sso:DescribePermissionSet",
      "sso:GetInlinePolicyForPermissionSet",
      "sso:GetPermissionsBoundaryForPermissionSet",
      "sso:ListAccountAssignments",
      "sso:ListAccountAssignmentsForPrincipal",
      "sso:ListAccountsForProvisionedPermissionSet",
      "sso:ListCustomerManagedPolicyReferencesInPermissionSet",
      "sso:ListInstances",
      "sso:ListManagedPoliciesInPermissionSet",
      "sso:ListPermissionSets",
      "sso:ListPermissionSetsProvisionedToAccount",
      "sso:ListTagsForResource",
    ],
    write: [
      "sso:AttachCustomerManagedPolicyReferenceToPermissionSet",
      "sso:AttachManagedPolicyToPermissionSet",
      "sso:CreateAccountAssignment",
      "sso:CreatePermissionSet",
      "sso:DeleteAccountAssignment",
      "sso:DeleteInlinePolicyFromPermissionSet",
      "sso:DeletePermissionSet",
      "sso:DeletePermissionsBoundaryFromPermissionSet",
      "sso:DescribeAccountAssignmentCreationStatus",
      "sso:DescribeAccountAssignmentDeletionStatus",
      "sso:DescribePermissionSetProvisioningStatus",
      "sso:DetachCustomerManagedPolicyReferenceFromPermissionSet",
      "sso:DetachManagedPolicyFromPermissionSet",
      "sso:ProvisionPermissionSet",
      "sso:PutInlinePolicyToPermissionSet",
      "sso:PutPermissionsBoundaryToPermissionSet",
      "sso:TagResource",
      "sso:UpdatePermissionSet",
    ],
  },
  tamperActions: identityCenterFacts.tamperActions,
  probes: [],
  schema: identityCenterSchema,
  filesOf: identityCenterFiles,
  check: checkIdentityCenter,
  planner: identityCenterPlanner,
  coverage: identityCenterCoverage,
  collect: collectIdentityCenter,
  changes: identityCenterChanges,
};
