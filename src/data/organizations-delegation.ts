/** What the resource-based delegation policy of an organization can grant. */
export interface OrganizationsDelegation {
  readonly asOf: string;
  readonly source: string;
  /** Operations that member accounts can be given. */
  readonly operations: readonly string[];
}

/**
 * The operations that AWS Organizations' resource-based delegation policy takes: those that manage
 * policies, tags, and every read.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html
 */
export const organizationsDelegation: OrganizationsDelegation = {
  asOf: "2026-11-22",
  source: "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html",
  operations: [
    "AttachPolicy",
    "CreatePolicy",
    "DeletePolicy",
    "DescribeAccount",
    "DescribeCreateAccountStatus",
    "DescribeEffectivePolicy",
    "DescribeHandshake",
    "DescribeOrganization",
    "DescribeOrganizationalUnit",
    "DescribePolicy",
    "DescribeResourcePolicy",
    "DetachPolicy",
    "DisablePolicyType",
    "EnablePolicyType",
    "ListAWSServiceAccessForOrganization",
    "ListAccounts",
    "ListAccountsForParent",
    "ListAccountsWithInvalidEffectivePolicy",
    "ListChildren",
    "ListCreateAccountStatus",
    "ListDelegatedAdministrators",
    "ListDelegatedServicesForAccount",
    "ListEffectivePolicyValidationErrors",
    "ListHandshakesForAccount",
    "ListHandshakesForOrganization",
    "ListOrganizationalUnitsForParent",
    "ListParents",
    "ListPolicies",
    "ListPoliciesForTarget",
    "ListRoots",
    "ListTagsForResource",
    "ListTargetsForPolicy",
    "TagResource",
    "UntagResource",
    "UpdatePolicy",
  ],
};
