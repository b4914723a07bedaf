/** Services that guard an organization, and what belongs to them. */
export const securityServices: {
  readonly asOf: string;
  readonly source: string;
  /** Service principals: without trusted access or administrator these do not guard the organization. */
  readonly principals: readonly string[];
  /** Names of the service-linked roles without which they see nothing. */
  readonly linkedRoles: readonly string[];
  /** Names of the roles by which AWS Organizations and Control Tower reach into accounts. */
  readonly organizationRoles: readonly string[];
  /** Callers that make and change those roles as part of their work. */
  readonly organizationRoleOwners: readonly string[];
  /** Managed policies that grant everything, or the power to grant it. */
  readonly administratorPolicies: readonly string[];
  /** Callers that stop recorders as part of their work. */
  readonly recorderOwners: readonly string[];
} = {
  asOf: "2026-11-22",
  source:
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html, " +
    "https://docs.aws.amazon.com/controltower/latest/userguide/roles-how.html, " +
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html",
  principals: [
    "access-analyzer.amazonaws.com",
    "agentless.inspector2.amazonaws.com",
    "auditmanager.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "config-multiaccountsetup.amazonaws.com",
    "config.amazonaws.com",
    "controltower.amazonaws.com",
    "detective.amazonaws.com",
    "fms.amazonaws.com",
    "guardduty.amazonaws.com",
    "iam.amazonaws.com",
    "inspector2.amazonaws.com",
    "macie.amazonaws.com",
    "malware-protection.guardduty.amazonaws.com",
    "member.org.stacksets.cloudformation.amazonaws.com",
    "security-ir.amazonaws.com",
    "securityhub.amazonaws.com",
    "securityhubv2.amazonaws.com",
    "securitylake.amazonaws.com",
    "sso.amazonaws.com",
    "stacksets.cloudformation.amazonaws.com",
  ],
  linkedRoles: [
    "AWSServiceRoleForAccessAnalyzer",
    "AWSServiceRoleForAmazonGuardDuty",
    "AWSServiceRoleForAmazonGuardDutyMalwareProtection",
    "AWSServiceRoleForAmazonInspector2",
    "AWSServiceRoleForAmazonMacie",
    "AWSServiceRoleForCloudTrail",
    "AWSServiceRoleForConfig",
    "AWSServiceRoleForDetective",
    "AWSServiceRoleForFMS",
    "AWSServiceRoleForOrganizations",
    "AWSServiceRoleForSSO",
    "AWSServiceRoleForSecurityHub",
    "AWSServiceRoleForSecurityLake",
  ],
  organizationRoles: [
    "AWSControlTowerExecution",
    "AWSControlTowerStackSetRole",
    "OrganizationAccountAccessRole",
    "stacksets-exec-*",
    "AWSCloudFormationStackSetExecutionRole",
  ],
  organizationRoleOwners: [
    "controltower.amazonaws.com",
    "member.org.stacksets.cloudformation.amazonaws.com",
    "organizations.amazonaws.com",
    "stacksets.cloudformation.amazonaws.com",
  ],
  administratorPolicies: ["AdministratorAccess", "IAMFullAccess", "PowerUserAccess"],
  recorderOwners: [
    "config-conforms.amazonaws.com",
    "controltower.amazonaws.com",
    "fms.amazonaws.com",
  ],
};
