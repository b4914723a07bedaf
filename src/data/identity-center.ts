import { everyRegion, type ServiceRegions } from "./service-regions.ts";

/**
 * Facts of IAM Identity Center.
 *
 * `outstandingRequests`, `policiesPerPermissionSet` and `permissionSets` are the published quotas;
 * lengths and page sizes are those of the API's model.
 */
export const identityCenterFacts: {
  readonly asOf: string;
  readonly source: string;
  readonly principal: string;
  readonly regions: ServiceRegions;
  /** Items of a page, of every list of IAM Identity Center and of the identity store. */
  readonly pageSize: number;
  /** Assignments that AWS makes or deletes at a time. */
  readonly outstandingRequests: number;
  readonly permissionSets: number;
  /** AWS managed and customer managed policies of a permission set together. */
  readonly policiesPerPermissionSet: number;
  readonly permissionSetNameLength: number;
  readonly inlinePolicyLength: number;
  /** Session durations in hours, and AWS's own default. */
  readonly sessionHours: {
    readonly least: number;
    readonly most: number;
    readonly default: string;
  };
  /** Names that neither users nor groups can have. */
  readonly reservedNames: readonly string[];
  readonly tamperActions: readonly string[];
} = {
  asOf: "2026-11-01",
  source:
    "https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html, " +
    "https://docs.aws.amazon.com/singlesignon/latest/APIReference/Welcome.html",
  principal: "sso.amazonaws.com",
  regions: everyRegion,
  pageSize: 100,
  outstandingRequests: 10,
  permissionSets: 2_000,
  policiesPerPermissionSet: 20,
  permissionSetNameLength: 32,
  inlinePolicyLength: 32_768,
  sessionHours: { least: 1, most: 12, default: "PT1H" },
  reservedNames: ["Administrator", "AWSAdministrators"],
  tamperActions: [
    "sso:AttachCustomerManagedPolicyReferenceToPermissionSet",
    "sso:AttachManagedPolicyToPermissionSet",
    "sso:CreateAccountAssignment",
    "sso:CreateInstance",
    "sso:DeleteAccountAssignment",
    "sso:DeleteInlinePolicyFromPermissionSet",
    "sso:DeleteInstance",
    "sso:DeletePermissionSet",
    "sso:DeletePermissionsBoundaryFromPermissionSet",
    "sso:DetachCustomerManagedPolicyReferenceFromPermissionSet",
    "sso:DetachManagedPolicyFromPermissionSet",
    "sso:PutInlinePolicyToPermissionSet",
    "sso:PutPermissionsBoundaryToPermissionSet",
    "sso:UpdateInstance",
    "sso:UpdatePermissionSet",
  ],
};
